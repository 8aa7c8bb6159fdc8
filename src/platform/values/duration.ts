const UNITS = [7 * 86_400, 86_400, 3600, 60, 1] as const;
/** Years and months have no fixed length. At most nine digits each, so that the sum is exact. */
const DURATION =
  /^P(?=.)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/** Length of an ISO 8601 duration of whole weeks, days, hours, minutes and seconds; undefined if the text is not one. */
export function secondsOf(duration: string): number | undefined {
  const parts = DURATION.exec(duration)?.slice(1);
  return parts && UNITS.reduce<number>((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0);
}
