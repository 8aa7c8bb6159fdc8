import { statfsSync } from 'node:fs';
import { toFailure } from './engine-failure';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const ofPostgres = (severity: string, code: string) => Object.assign(new Error('no'), { severity, code });

describe('toFailure', () => {
  it.each([
    ['a violated constraint', ofPostgres('ERROR', '23505'), '23505'],
    ['an internal error', ofPostgres('ERROR', 'XX000'), 'XX000'],
    ['a parameter that cannot be serialized', new Error('Invalid input for boolean type'), undefined],
    ['an invalid date', thrownBy(() => new Date(NaN).toISOString()), undefined],
    ['a thrown string', 'no', undefined],
  ])('%s fails one statement', (_, error, code) => {
    expect(toFailure(error)).toMatchObject({ code, isFatal: false });
  });

  it.each([
    ['a full disk', ofPostgres('ERROR', '53100'), '53100'],
    ['an I/O error', ofPostgres('ERROR', '58030'), '58030'],
    ['a FATAL error', ofPostgres('FATAL', '57P01'), '57P01'],
    ['a PANIC', ofPostgres('PANIC', 'XX000'), 'XX000'],
    ['a failed system call', thrownBy(() => statfsSync('/nowhere')), undefined],
    ['an exit', { name: 'ExitStatus', message: 'Program terminated with exit(1)', status: 1 }, undefined],
    ['a trap', Object.assign(new Error('unreachable'), { name: 'RuntimeError' }), undefined],
    ['an error of the file system of Emscripten', { name: 'ErrnoError', errno: 29 }, undefined],
  ])('%s ends the engine', (_, error, code) => {
    expect(toFailure(error)).toMatchObject({ code, isFatal: true });
  });
});
