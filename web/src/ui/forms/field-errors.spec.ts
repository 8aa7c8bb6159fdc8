import { describe, expect, it } from '@jest/globals';
import { ProblemError } from 'uim-compute-client';
import { fieldErrorsOf, isShownBeside } from './field-errors';

const problem = (code: string, errors?: { field: string; message: string }[]): ProblemError =>
  new ProblemError({
    type: `/api/errors#${code}`,
    title: 'Refused',
    status: 400,
    detail: 'It is refused',
    instance: '/x',
    code,
    retryable: false,
    requestId: 'r',
    error: 'It is refused',
    message: 'It is refused',
    ...(errors && { errors }),
  });

describe('refusals beside fields', () => {
  it('shows the first refusal of each field', () => {
    const error = problem('invalid_request', [
      { field: 'name', message: 'name is too long' },
      { field: 'name', message: 'name must be text' },
      { field: 'types[1]', message: 'types[1] is unknown' },
      { field: 'metadata.owner', message: 'metadata.owner is too long' },
    ]);
    expect(fieldErrorsOf(error)).toEqual({
      name: 'name is too long',
      types: 'types[1] is unknown',
      metadata: 'metadata.owner is too long',
    });
  });

  it('knows the field of a code', () => {
    expect(fieldErrorsOf(problem('flavor_exists'), { flavor_exists: 'name' })).toEqual({
      name: 'It is refused',
    });
    expect(fieldErrorsOf(problem('other'), { flavor_exists: 'name' })).toEqual({});
  });

  it('has no fields for other errors', () => {
    expect(fieldErrorsOf(new Error('no connection'))).toEqual({});
  });

  it('knows whether something is not shown beside a field', () => {
    expect(isShownBeside({ name: 'x' }, ['name', 'size'])).toBe(true);
    expect(isShownBeside({ name: 'x', other: 'y' }, ['name'])).toBe(false);
    expect(isShownBeside({}, ['name'])).toBe(false);
  });
});
