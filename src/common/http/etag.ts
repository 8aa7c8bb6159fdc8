import { AppError } from '../errors/app.error';

/** The entity tag of a version of a resource. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Whether an `If-None-Match` header names this version, so that 304 answers it. */
export function matchesNone(header: string | undefined, version: number): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || tagsOf(header).includes(etagOf(version));
}

/**
 * The versions that an `If-Match` header accepts; undefined means any.
 * A weak tag never matches here (RFC 9110, 13.1.1), nor does one that this service did not make.
 */
export function versionsOf(header: string | undefined): readonly number[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').flatMap((tag) => {
    const version = /^\s*"(\d{1,9})"\s*$/.exec(tag)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}

export class PreconditionFailedError extends AppError {
  constructor(version: number) {
    super(
      'precondition',
      'version_mismatch',
      'The instance has changed; read it again and repeat with its ETag',
      {
        extensions: { version },
      },
    );
  }
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
}
