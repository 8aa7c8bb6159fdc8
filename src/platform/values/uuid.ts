import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** UUID version 7, so ids sort by creation time. */
export function newId(): string {
  return v7();
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The smallest version 7 UUID for a point in time, to compare ids with times. */
export function firstIdOf(unixMs: number): string {
  const hex = Math.max(0, Math.floor(unixMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
