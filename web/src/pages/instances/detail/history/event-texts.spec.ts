import { describe, expect, it } from '@jest/globals';
import { actorText, eventColor, eventText } from './event-texts';

describe('texts of events', () => {
  it('puts types into words', () => {
    expect(eventText('create.requested')).toBe('Create: requested');
    expect(eventText('delete_snapshot.failed')).toBe('Delete snapshot: failed');
    expect(eventText('updated')).toBe('Settings changed');
    expect(eventText('observed.stopped')).toBe('Found stopped at the engine');
  });

  it('shows unknown types as they are', () => {
    expect(eventText('teleport.succeeded')).toBe('teleport.succeeded');
    expect(eventText('constructor')).toBe('constructor');
    expect(eventText('')).toBe('');
  });

  it('puts actors into words', () => {
    expect(actorText('operator')).toBe('an operator');
    expect(actorText('system:restarter')).toBe('the service (restarter)');
    expect(actorText('tenant:acme')).toBe('tenant acme');
    expect(actorText('user:auth0|1:2')).toBe('user auth0|1:2');
    expect(actorText('robot')).toBe('robot');
  });

  it('marks failures', () => {
    expect(eventColor('stop.failed')).toBe('red');
    expect(eventColor('stop.succeeded')).toBe('green');
    expect(eventColor('stop.requested')).toBe('gray');
  });
});
