import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDotEnv, parseDotEnv } from './dot-env';

/** User ID without any rights. */
const NOBODY = 65_534;

describe('parseDotEnv', () => {
  it.each<[string, Record<string, string>]>([
    ['A=1\nB=2', { A: '1', B: '2' }],
    ['A=1\r\nB=\r\nC="x"\r\n', { A: '1', B: '', C: 'x' }],
    ['A=1\rB=2\r', { A: '1', B: '2' }],
    ['export A=1\nexport  B=2\n\texport\tC=3', { A: '1', B: '2', C: '3' }],
    ['  A = 1 \n\tB=2', { A: '1', B: '2' }],
    ['# a\n\n  # b=1\nA=1 # c\nB="5 # c" # d\nC= # e', { A: '1', B: '5 # c', C: '' }],
    ['A="x\ny"\nB=\'p#w\'\nC=`it\'s "q"`', { A: 'x\ny', B: 'p#w', C: 'it\'s "q"' }],
    ['A="x\\ny"\nB=\'x\\ny\'', { A: 'x\ny', B: 'x\\ny' }],
    ["A=a=b\nB=it's", { A: 'a=b', B: "it's" }],
    ['', {}],
  ])('reads %j', (text, expected) => {
    expect(Object.fromEntries(parseDotEnv(text).values)).toEqual(expected);
  });

  it.each([
    ['A=1\nsecret value', 'line 2 of .env must be NAME=value'],
    ['A="secret\n\nB=2', 'line 1 of .env has a value for A whose quotes do not match'],
    ['A="x\ny"\nB="secret" y', 'line 3 of .env has a value for B whose quotes do not match'],
    ['A=secret#more', 'line 1 of .env has a # in the value of A: put the value into quotes'],
    ['=secret', 'line 1 of .env must be NAME=value'],
    ['export\nA=1', 'line 1 of .env must be NAME=value'],
  ])('rejects %j without showing values', (text, expected) => {
    expect(() => parseDotEnv(text)).toThrow(expected);
    expect(expected).not.toContain('secret');
  });

  it('uses the last of two lines for a variable, with a warning', () => {
    const { values, warnings } = parseDotEnv('A="1\n2"\nB=2\nA=3\n');
    expect(values.get('A')).toBe('3');
    expect(warnings).toEqual(['.env sets A twice: line 4 replaces line 1']);
  });
});

describe('loadDotEnv', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'compute-env-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function loaded(content: string | Buffer, variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    writeFileSync(join(directory, '.env'), content);
    loadDotEnv(directory, variables);
    return variables;
  }

  it('reads the first line after a byte order mark', () => {
    expect(loaded('\uFEFFPORT=1\r\nHOST=h\r\n')).toEqual({ PORT: '1', HOST: 'h' });
  });

  it('keeps variables that are set, even if they are empty', () => {
    expect(loaded('PORT=1\nHOST=h', { PORT: '' })).toEqual({ PORT: '', HOST: 'h' });
  });

  it('accepts a missing file', () => {
    expect(loadDotEnv(directory, {})).toEqual([]);
  });

  it('rejects other encodings', () => {
    expect(() => loaded(Buffer.from('\uFEFFPORT=1', 'utf16le'))).toThrow('it is not encoded in UTF-8');
    expect(() => loaded(Buffer.from('HOST=caf\xe9', 'latin1'))).toThrow('it is not encoded in UTF-8');
  });

  it('rejects a directory, a broken link and a file that is too large', () => {
    const path = join(directory, '.env');
    mkdirSync(path);
    expect(() => loadDotEnv(directory, {})).toThrow(`${path} cannot be read: it is not a file`);
    rmSync(path, { recursive: true });
    symlinkSync(join(directory, 'missing'), path);
    expect(() => loadDotEnv(directory, {})).toThrow('ENOENT');
    rmSync(path);
    expect(() => loaded(`#${'x'.repeat(1_048_576)}`)).toThrow('it is larger than');
  });

  it('rejects an unreadable file', () => {
    const path = join(directory, '.env');
    writeFileSync(path, '', { mode: 0 });
    expect(() => asOrdinaryUser(() => loadDotEnv(directory, {}))).toThrow(`${path} cannot be read: EACCES`);
  });

  /** Root can read every file, so a test that runs as root takes another user's identity. */
  function asOrdinaryUser(read: () => void): void {
    const isRoot = process.getuid?.() === 0;
    chmodSync(directory, 0o755);
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      read();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }
});
