/** How much of a limit is used. */
export type UsageLevel = 'unlimited' | 'free' | 'near' | 'full' | 'over';

export interface Usage {
  readonly used: number;
  /** Added to what is used, e.g. by a request that is being written. */
  readonly requested?: number | undefined;
  /** -1 means no limit. */
  readonly limit: number;
}

const NEAR_PERCENT = 80;

export function levelOf({ used, requested = 0, limit }: Usage): UsageLevel {
  if (limit < 0) return 'unlimited';
  const total = used + requested;
  if (total > limit) return 'over';
  if (total === limit) return 'full';
  return total * 100 >= limit * NEAR_PERCENT ? 'near' : 'free';
}

/** Widths of what is used and requested, in percent of the bar; together at most 100. */
export function sharesOf({ used, requested = 0, limit }: Usage): { used: number; requested: number } {
  if (limit < 0) return { used: 0, requested: 0 };
  // Of a limit of 0, nothing can be used; what is used all the same fills the bar.
  const percentOf = (amount: number): number =>
    limit === 0 ? (amount > 0 ? 100 : 0) : (amount / limit) * 100;
  const usedShare = Math.min(100, percentOf(used));
  return { used: usedShare, requested: Math.min(100 - usedShare, percentOf(requested)) };
}
