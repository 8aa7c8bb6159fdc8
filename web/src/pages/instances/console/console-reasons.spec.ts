import { describe, expect, it } from '@jest/globals';
import { texts } from '../../../texts';
import { reasonAgainstConsole } from './console-reasons';

const t = texts.consoles.reason;
const vm = { status: 'running', type: 'vm', abilities: ['serial', 'vnc', 'exec'] } as const;

describe('reasons against consoles', () => {
  it('allows the consoles of an instance that runs', () => {
    expect(reasonAgainstConsole('serial', vm)).toBeUndefined();
  });

  it('names what is missing for good before the status', () => {
    expect(reasonAgainstConsole('vnc', { ...vm, type: 'container', abilities: ['exec'] })).toBe(t.container);
    expect(reasonAgainstConsole('exec', { ...vm, status: 'stopped', abilities: [] })).toBe(
      t.unsupported.exec,
    );
  });

  it('names the status', () => {
    expect(reasonAgainstConsole('serial', { ...vm, status: 'stopped' })).toBe(t.notRunning);
    expect(reasonAgainstConsole('serial', { ...vm, status: 'paused' })).toBe(t.paused);
    expect(reasonAgainstConsole('serial', { ...vm, status: 'error' })).toBe(t.error);
    expect(reasonAgainstConsole('serial', { ...vm, status: 'creating' })).toBe(t.notYet);
    expect(reasonAgainstConsole('serial', { ...vm, status: 'deleted', abilities: [] })).toBe(t.deleted);
  });
});
