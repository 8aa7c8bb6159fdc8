import type { CatalogEntry, CatalogGroup } from './entry';
import { INSTANCE_ERRORS } from './instances';
import { PLATFORM_SERVICE_ERRORS } from './platform-services';
import { REQUEST_ERRORS } from './requests';
import { BACKGROUND_ERRORS, SERVICE_ERRORS } from './service';

export type { CatalogEntry };

/** All error codes. Using a code that is not listed here is a compile error; a new code needs only an entry here. */
export const CATALOG = {
  ...REQUEST_ERRORS,
  ...INSTANCE_ERRORS,
  ...PLATFORM_SERVICE_ERRORS,
  ...SERVICE_ERRORS,
  ...BACKGROUND_ERRORS,
} as const;

export type ErrorCode = keyof typeof CATALOG;

/** The catalog as shown to people, by section. */
export const SECTIONS: readonly { readonly title: string; readonly errors: CatalogGroup }[] = [
  { title: 'The request', errors: REQUEST_ERRORS },
  { title: 'Instances, flavors and operations', errors: INSTANCE_ERRORS },
  { title: 'Networks and volumes', errors: PLATFORM_SERVICE_ERRORS },
  { title: 'The service', errors: SERVICE_ERRORS },
  { title: 'In the log only', errors: BACKGROUND_ERRORS },
];

export function entryOf(code: ErrorCode): CatalogEntry {
  return CATALOG[code];
}

/** A stored or external text as an error code; undefined if this version does not define it. */
export function toErrorCode(text: string): ErrorCode | undefined {
  return isErrorCode(text) ? text : undefined;
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(CATALOG, text);
}
