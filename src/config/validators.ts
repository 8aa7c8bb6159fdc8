import { makeValidator, type BaseValidator } from 'envalid';
import type { LogLevel } from './app-config';

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export const integer = (min: number, max: number): BaseValidator<number> =>
  makeValidator<number>((input) => {
    const value = Number(input);
    if (!/^(\d+|-[1-9]\d*)$/.test(input) || value < min || value > max) {
      throw new TypeError(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  });

export const matching = (pattern: RegExp, what: string): BaseValidator<string> =>
  makeValidator<string>((input) => {
    if (!pattern.test(input)) throw new TypeError(`must be ${what}`);
    return input;
  });

export const postgresUrl = makeValidator<string>((input) => {
  if (input === '') return input;
  if (!URL.canParse(input) || !/^postgres(ql)?:$/.test(new URL(input).protocol)) {
    throw new TypeError('must look like postgresql://user:password@host:5432/database');
  }
  return input;
});

export const serviceUrl = makeValidator<string>((input) => {
  if (input === '') return input;
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isBare =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (!isBare) throw new TypeError('must look like http://host:port');
  return input.replace(/\/+$/, '');
});

export const logLevel = makeValidator<LogLevel>((input) => {
  const level = LOG_LEVELS.find((known) => known === input);
  if (!level) throw new TypeError(`must be one of ${LOG_LEVELS.join(', ')}`);
  return level;
});

export const flag = makeValidator<boolean>((input) => {
  if (/^(true|1)$/.test(input)) return true;
  if (/^(false|0)$/.test(input)) return false;
  throw new TypeError('must be true or false');
});

/** Where a set of keys is; unlike a service's, it may have a query. */
export const jwksUrl = makeValidator<string>((input) => {
  if (input === '') return input;
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.hash}${url.username}${url.password}` === '';
  if (!isPlain) throw new TypeError('must look like https://host/path/jwks.json');
  return input;
});

export const authMode = makeValidator<'gateway' | 'jwt'>((input) => {
  if (input !== 'gateway' && input !== 'jwt') throw new TypeError('must be gateway or jwt');
  return input;
});

const MAX_BOUND = 1_000_000_000;

/** How much there may be of something; -1 where there is no bound. */
export const bound = integer(-1, MAX_BOUND);
