import { makeValidator, type BaseValidator } from 'envalid';
import type { LogLevel } from './app-config';

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export const integer = (min: number, max: number): BaseValidator<number> =>
  makeValidator<number>((input) => {
    const value = Number(input);
    if (!/^(\d+|-[1-9]\d*)$/.test(input) || value < min || value > max) {
      throw new TypeError(`must be an integer from ${min} to ${max}`);
    }
    return value;
  });

export const matching = (pattern: RegExp, what: string): BaseValidator<string> =>
  makeValidator<string>((input) => {
    if (!pattern.test(input)) throw new TypeError(`must be ${what}`);
    return input;
  });

/** The items between commas; empty for an empty value. */
export function listOf(value: string): readonly string[] {
  return value.split(',').flatMap((item) => item.trim() || []);
}

const REGISTRY = /^(\*|[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?)$/;

export const registries = makeValidator<string>((input) => {
  if (listOf(input).every((registry) => REGISTRY.test(registry))) return input;
  throw new TypeError('must be host or host:port as in image names, separated by commas, or *');
});

/** A path, used as is: only shells expand `~` and variables. */
export const path = makeValidator<string>((input) => {
  if (/^~|\$(\{|[A-Za-z_])/.test(input)) throw new TypeError('must be a path without ~ and $VARIABLES');
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

/** URL of a key set; unlike a service URL, it may have a query. */
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

/** An upper limit; -1 means unlimited. */
export const bound = integer(-1, MAX_BOUND);

/** An engine on a Unix socket or behind plain TCP. */
export const dockerHost = makeValidator<string>((input) => {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isSocket = /^unix:\/\/\/[^?#]+$/.test(input);
  const isTcp = url?.protocol === 'tcp:' && url.port !== '' && /^tcp:\/\/[^/@?#]+$/.test(input);
  if (!isSocket && !isTcp) throw new TypeError('must look like unix:///path/docker.sock or tcp://host:port');
  return input;
});

export const pullPolicy = makeValidator<'always' | 'missing' | 'never'>((input) => {
  if (input !== 'always' && input !== 'missing' && input !== 'never') {
    throw new TypeError('must be always, missing or never');
  }
  return input;
});

/** Allocation ratio. */
export const ratio = makeValidator<number>((input) => {
  const value = Number(input);
  if (!/^\d+(\.\d{1,2})?$/.test(input) || value < 0.1 || value > 100) {
    throw new TypeError('must be a number from 0.1 to 100 with at most two decimals');
  }
  return value;
});

/** Template for the name of an engine resource; `{id}` stands for its id. */
export const resourceTemplate = makeValidator<string>((input) => {
  if (input !== '' && !/^([A-Za-z0-9][A-Za-z0-9_.-]{0,63})?\{id\}[A-Za-z0-9_.-]{0,63}$/.test(input)) {
    throw new TypeError('must be a name with {id} in it, e.g. net-{id}');
  }
  return input;
});
