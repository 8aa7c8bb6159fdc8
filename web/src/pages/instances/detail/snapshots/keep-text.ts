import { texts } from '../../../../texts';

const t = texts.instance.schedule;
const list = new Intl.ListFormat('en', { type: 'conjunction' });

export interface Kept {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
}

/** Which snapshots of a schedule are kept, in words. */
export function keepText({ last, daily, weekly }: Kept): string {
  const parts = [
    ...(last > 0 ? [t.keepsLast(last)] : []),
    ...(daily > 0 ? [t.keepsDaily(daily)] : []),
    ...(weekly > 0 ? [t.keepsWeekly(weekly)] : []),
  ];
  return parts.length === 0 ? t.keepsNone : t.keeps(list.format(parts));
}
