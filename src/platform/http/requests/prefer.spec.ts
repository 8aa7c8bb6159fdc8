import { InvalidHeaderError } from '../http.errors';
import { preferencesOf } from './prefer';

const NONE = { waitSeconds: null, dryRun: false };

describe('preferencesOf', () => {
  it.each([
    ['wait=10', { waitSeconds: 10, dryRun: false }],
    ['wait=0', { waitSeconds: 0, dryRun: false }],
    ['wait=300', { waitSeconds: 300, dryRun: false }],
    ['Wait = "25"', { waitSeconds: 25, dryRun: false }],
    ['wait=10, dry-run', { waitSeconds: 10, dryRun: true }],
    ['dry-run=true', { waitSeconds: null, dryRun: true }],
    ['dry-run=""', { waitSeconds: null, dryRun: true }],
    ['respond-async, wait=5;strict, handling=lenient', { waitSeconds: 5, dryRun: false }],
    ['DRY-RUN', { waitSeconds: null, dryRun: true }],
  ])('reads %s', (header, expected) => {
    expect(preferencesOf(header)).toEqual(expected);
  });

  it('uses the first value of a repeated preference', () => {
    expect(preferencesOf('wait=1, wait=2')).toEqual({ waitSeconds: 1, dryRun: false });
    expect(preferencesOf('wait=soon, wait=2')).toEqual(NONE);
  });

  it.each([
    undefined,
    '',
    ',,;=',
    'wait',
    'wait=',
    'wait=-1',
    'wait=301',
    'wait=1.5',
    'wait=1e2',
    'dry-run=false',
    'respond-async',
    'return="wait=10, dry-run"',
    'return=minimal; wait=10; dry-run',
    'await=3, hungry-run',
  ])('ignores %s', (header) => {
    expect(preferencesOf(header)).toEqual(NONE);
  });

  it.each([
    'return=minimal; "never closed, wait=10, dry-run',
    'return="never closed, dry-run',
    'dry-run="\\"',
    'caf\u00e9, dry-run',
    'dryrun',
    'Dry_Run=true',
    'wait=10, dry-running',
  ])('rejects %s instead of ignoring it', (header) => {
    expect(() => preferencesOf(header)).toThrow(InvalidHeaderError);
  });

  it('takes linear time for any header', () => {
    const started = performance.now();
    const read = (header: string) => {
      try {
        preferencesOf(header);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidHeaderError);
      }
    };
    read('a="' + '\\"'.repeat(50_000));
    read('a' + '=;"'.repeat(50_000));
    read('!"' + '\\!\\"'.repeat(50_000));
    read('a="' + '\\a="'.repeat(50_000) + '\\');
    read('a="' + '\\"'.repeat(50_000) + '", \u00e9');
    read('"a",'.repeat(50_000) + '"');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
