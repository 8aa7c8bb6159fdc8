import { InvalidArgumentError } from 'commander';
import { UsageError } from './failures';

const NO_URL = { protocol: '', username: '', password: '', search: '', hash: '' };

type NumberParser = (text: string) => number;

export function wholeNumber(min: number, max: number): NumberParser {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Must be an integer from ${min} to ${max}.`);
    }
    return value;
  };
}

/** A duration such as `24h`, or in ISO 8601, as ISO 8601. */
export function duration(text: string): string {
  if (text === '0') return 'PT0S';
  if (/^P[\dWDTHMS]+$/.test(text)) return text;
  const [, number, unit] = /^(\d{1,9})([wdhms])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError('Must look like 30m, 24h, 7d or PT24H.');
  return `${/[wd]/.test(unit) ? 'P' : 'PT'}${number}${unit.toUpperCase()}`;
}

/** A time in ISO 8601, as Unix seconds. */
export function moment(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Must look like 2026-01-31 or 2026-01-31T08:00:00Z.');
  return Math.floor(ms / 1000);
}

/** Collects repeated `key=value` options. */
export function keyValue(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Must be key=value.');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** @throws {UsageError} which does not repeat a password in the URL */
export function url(text: string): string {
  const { protocol, username, password, search, hash } = URL.canParse(text) ? new URL(text) : NO_URL;
  if (!/^https?:$/.test(protocol) || [username, password, search, hash].some((part) => part !== ''))
    throw new UsageError('the URL of the service must look like http://localhost:8081');
  return text.replace(/\/+$/, '');
}

export function cidr(text: string): string {
  if (!/^[\d.:a-f]+\/\d{1,3}$/i.test(text)) throw new InvalidArgumentError('Must look like 10.0.0.0/24.');
  return text;
}
