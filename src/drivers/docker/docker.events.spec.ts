import { LineSplitter } from '../../platform/values/line-splitter';
import { changedIn, eventsIn, MAX_EVENT_BYTES } from './docker.events';

const eventOf = (action: string, labels: Readonly<Record<string, string>>): string =>
  JSON.stringify({ Type: 'container', Action: action, Actor: { ID: '1f', Attributes: labels } });

const LABELS = { 'uim.instance-id': 'i-1', image: 'debian' };

describe('an event of the engine', () => {
  it.each(['start', 'pause', 'unpause', 'die', 'died', 'destroy', 'remove'])(
    '%s names the changed instance',
    (action) => {
      expect(changedIn(eventOf(action, LABELS))).toBe('i-1');
    },
  );

  it.each(['create', 'attach', 'exec_start: /bin/sh', 'health_status: healthy', 'resize'])(
    '%s is no change',
    (action) => {
      expect(changedIn(eventOf(action, LABELS))).toBeUndefined();
    },
  );

  it.each([eventOf('die', {}), '{"Action":"die"}', '{"Action":"die","Actor":null}', '[]', 'null'])(
    '%s is about no instance',
    (line) => {
      expect(changedIn(line)).toBeUndefined();
    },
  );

  it('that is too long to be read is reported as missed, and does not hide the next one', () => {
    const long = eventOf('die', { ...LABELS, huge: 'x'.repeat(2 * MAX_EVENT_BYTES) });
    const bytes = Buffer.from(`${long}\n${eventOf('die', LABELS)}\n`);
    for (const size of [1000, MAX_EVENT_BYTES, bytes.length]) {
      const lines = new LineSplitter(MAX_EVENT_BYTES, 'truncate');
      const events = [];
      for (let at = 0; at < bytes.length; at += size) {
        events.push(...lines.take(bytes.subarray(at, at + size)).flatMap(eventsIn));
      }
      expect(events).toEqual([{ kind: 'missed' }, { kind: 'changed', instanceId: 'i-1' }]);
    }
  });

  it('that is not JSON is an error', () => {
    expect(() => changedIn('<html>')).toThrow(SyntaxError);
  });
});
