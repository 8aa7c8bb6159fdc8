import type { ClaimedOperation, OperationsQueue } from '../../src/compute/operations';

export interface ClaimTerms {
  readonly limit: number;
  readonly leaseMs: number;
}

const OPTIONS = { owner: 'test', timeoutMs: 60_000, capped: [] };

/** Operations that a worker with this many free slots gets, including those with an expired lease. */
export async function claim(
  queue: OperationsQueue,
  { limit = 100, leaseMs = 60_000 }: Partial<ClaimTerms> = {},
): Promise<readonly ClaimedOperation[]> {
  await queue.requeueExpired();
  const pools = ['simulated'].map((hostId) => ({ hostId, room: limit, groupRoom: limit, after: '' }));
  return (await queue.claim({ ...OPTIONS, leaseMs, pools })).operations;
}
