const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
const STEP = 1000;

/** E.g. "734 MB". */
export function sizeOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // Rounding must not produce "1000 MB".
  while (Number(value.toPrecision(3)) >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${UNITS[unit] ?? ''}`;
}

/** A time for an input of the type `datetime-local`, in the time zone of the browser. */
export function toLocalInput(date: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** Unix seconds. */
export function secondsOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
