import { describe, expect, it } from '@jest/globals';
import { texts } from '../../../../texts';
import { reasonAgainst, waitsForRestart } from './reasons';

const t = texts.instance.reason;
const running = {
  status: 'running',
  activity: null,
  hasSnapshotSchedule: false,
  abilities: ['pause', 'reboot', 'resize', 'rebuild', 'snapshots'],
  statusReason: null,
} as const;
const stopped = { ...running, status: 'stopped' } as const;

describe('reasons against changes of an instance', () => {
  it('allows what the status and the engine allow', () => {
    expect(reasonAgainst('stop', running)).toBeUndefined();
    expect(reasonAgainst('pause', running)).toBeUndefined();
    expect(reasonAgainst('start', stopped)).toBeUndefined();
    expect(reasonAgainst('rebuild', { ...running, status: 'error' })).toBeUndefined();
  });

  it('names the status that is in the way', () => {
    expect(reasonAgainst('start', running)).toBe(t.runsAlready);
    expect(reasonAgainst('reboot', stopped)).toBe(t.notRunning);
    expect(reasonAgainst('resize', { ...running, status: 'paused' })).toBe(t.paused);
    expect(reasonAgainst('start', { ...running, status: 'error' })).toBe(t.error);
  });

  it('names what the engine cannot do before the status', () => {
    expect(reasonAgainst('pause', { ...stopped, abilities: [] })).toBe(t.unsupported);
  });

  it('asks to wait for the operation in progress', () => {
    const activity = {
      operationId: 'o',
      type: 'snapshot',
      status: 'running',
      progress: null,
      since: 0,
    } as const;
    expect(reasonAgainst('stop', { ...running, activity })).toBe(t.busy(texts.tasks.type.snapshot));
  });

  it('allows a stop that cancels a restart', () => {
    const waiting = { ...stopped, statusReason: 'exited with code 1 (restart 2 of 5 after 2 s)' };
    expect(waitsForRestart(waiting)).toBe(true);
    expect(reasonAgainst('stop', waiting)).toBeUndefined();
    expect(reasonAgainst('stop', { ...stopped, statusReason: 'exited with code 1' })).toBe(t.stoppedAlready);
  });

  it('has nothing to rebuild if the creation failed', () => {
    const failed = { ...running, status: 'error', statusReason: 'create failed: no memory' } as const;
    expect(reasonAgainst('rebuild', failed)).toBe(t.neverCreated);
  });

  it('allows an undelete only until the service begins to remove the instance', () => {
    const deleted = { ...running, status: 'deleted', abilities: [] } as const;
    expect(reasonAgainst('undelete', { ...deleted, purgeAt: 1 })).toBeUndefined();
    expect(reasonAgainst('undelete', { ...deleted, purgeAt: null })).toBe(t.isPurging);
    expect(reasonAgainst('undelete', running)).toBe(t.notDeleted);
    expect(reasonAgainst('start', { ...deleted, purgeAt: 1 })).toBe(t.deleted);
  });
});
