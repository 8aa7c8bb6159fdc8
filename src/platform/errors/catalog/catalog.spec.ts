import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATUS_OF } from '../../http/problems/problem.filter';
import { CATALOG, SECTIONS, entryOf, toErrorCode, type ErrorCode } from './index';

const SOURCES = join(__dirname, '..', '..', '..');
const CODES = Object.keys(CATALOG).flatMap((code) => toErrorCode(code) ?? []);

/** All sources except tests, the client and the catalog itself. */
const TEXT = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .filter((path) => !path.startsWith(join('platform', 'errors', 'catalog')) && !path.startsWith('client'))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
  .join('\n');

const KIND_AND_CODE = new RegExp(`'(${Object.keys(STATUS_OF).join('|')})',\\s*'([a-z_]+)'`, 'g');

function statusOf(kind: string): number | undefined {
  return new Map<string, number>(Object.entries(STATUS_OF)).get(kind);
}

describe('the error catalog', () => {
  it('has the status of its kind for every thrown error', () => {
    const thrown = [...TEXT.matchAll(KIND_AND_CODE)].map(([, kind = '', code = '']) => ({ kind, code }));

    expect(thrown.length).toBeGreaterThan(20);
    for (const { kind, code } of thrown) {
      const known = toErrorCode(code);
      expect({ code, status: known && entryOf(known).status }).toEqual({ code, status: statusOf(kind) });
    }
  });

  it('has no unused codes', () => {
    expect(CODES.filter((code) => !TEXT.includes(`'${code}'`))).toEqual([]);
  });

  it('lists every code once, in one section', () => {
    const listed = SECTIONS.flatMap(({ errors }) => Object.keys(errors));

    expect(listed.toSorted()).toEqual(CODES.toSorted());
  });

  it.each(CODES)('describes meaning and remedy of %s in sentences', (code: ErrorCode) => {
    const { meaning, remedy, example } = entryOf(code);

    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(example).not.toBe('');
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z`].+\.$/s);
  });

  it('marks all errors with status 429 or 503 as retryable', () => {
    const unavailable = CODES.filter((code) => [429, 503].includes(entryOf(code).status));

    expect(unavailable.filter((code) => !entryOf(code).retryable)).toEqual([]);
  });

  it('recognizes a stored code and no other text', () => {
    expect(toErrorCode('engine_failed')).toBe('engine_failed');
    for (const text of ['', 'toString', '__proto__', 'engine_exploded']) {
      expect(toErrorCode(text)).toBeUndefined();
    }
  });
});
