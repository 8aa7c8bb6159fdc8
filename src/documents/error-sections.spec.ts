import { STATUS_CODES } from 'node:http';
import { definedErrors, defineErrors, findError } from '../platform/errors/define-errors';
import { ERROR_SECTIONS } from './error-sections';

const ERRORS = definedErrors();

describe('the error codes', () => {
  it('are on the errors page, each once', () => {
    const listed = ERROR_SECTIONS.flatMap(({ errors }) => errors.map(({ code }) => code));

    expect(listed.toSorted()).toEqual(ERRORS.map(({ code }) => code).toSorted());
  });

  it.each(ERRORS)('describe meaning and remedy in sentences: $code', (error) => {
    const { code, status, meaning, remedy, example } = error;

    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(STATUS_CODES[status]).toBeDefined();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(example).not.toBe('');
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z`].+\.$/s);
  });

  it('are retryable if the status is 429 or 503', () => {
    const unavailable = ERRORS.filter(({ status }) => [429, 503].includes(status));

    expect(unavailable.length).toBeGreaterThan(10);
    expect(unavailable.filter(({ retryable }) => !retryable)).toEqual([]);
  });

  it('are declared only once', () => {
    const [error] = ERRORS;
    if (!error) throw new Error('no error is declared');

    expect(() => defineErrors({ [error.code]: error })).toThrow(`${error.code} is declared twice`);
  });

  it('are found by their text, and nothing else is', () => {
    expect(findError('engine_failed')).toMatchObject({ code: 'engine_failed', status: 503 });
    for (const text of ['', 'toString', '__proto__', 'engine_exploded']) {
      expect(findError(text)).toBeUndefined();
    }
  });
});
