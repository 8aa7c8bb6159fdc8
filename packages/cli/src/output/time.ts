/** Formats Unix seconds as ISO 8601. */
export function time(seconds: number | null): string {
  return seconds === null ? '-' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const UNITS = [
  { suffix: 'd', seconds: 86_400 },
  { suffix: 'h', seconds: 3600 },
  { suffix: 'm', seconds: 60 },
] as const;

/** Time since then in its largest unit, e.g. `3h`; from two days on, days. */
export function age(seconds: number, now = Date.now() / 1000): string {
  const elapsed = Math.max(0, Math.floor(now - seconds));
  const unit = UNITS.find((each) => elapsed >= 2 * each.seconds);
  return unit ? `${Math.floor(elapsed / unit.seconds)}${unit.suffix}` : `${elapsed}s`;
}
