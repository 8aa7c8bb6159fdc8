import { describe, expect, it } from '@jest/globals';
import { SessionError } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { stateText } from './state-text';

const failed = (error: unknown, wasConnected = true) =>
  stateText({ kind: 'ended', end: { kind: 'failed', error, wasConnected } });

describe('state of a console in words', () => {
  it('has the meaning, the reason and the close code', () => {
    expect(failed(new SessionError(1008, 'idle for 900 s'))).toMatch(
      /idle for too long.*idle for 900 s.*1008/,
    );
    expect(failed(new SessionError(1006, ''))).toBe('The connection was lost. (code 1006)');
    expect(failed(new SessionError(4999, 'other'))).toContain('4999');
  });

  it('says that a session could not be opened', () => {
    expect(failed(new TypeError('x'), false)).toBe(texts.consoles.notConnected);
  });

  it('has the exit code of a command', () => {
    const exited = (exitCode: number | null) =>
      stateText({ kind: 'ended', end: { kind: 'exited', exitCode } });
    expect(exited(0)).toContain('exit code 0');
    expect(exited(127)).toContain('failed (exit code 127)');
    expect(exited(null)).toBe(texts.consoles.state.exitedUnknown);
  });
});
