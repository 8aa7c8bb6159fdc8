import { changedIn } from './docker.events';

const eventOf = (action: string, labels: Readonly<Record<string, string>>): string =>
  JSON.stringify({ Type: 'container', Action: action, Actor: { ID: '1f', Attributes: labels } });

const LABELS = { 'uim.instance-id': 'i-1', image: 'debian' };

describe('an event of the engine', () => {
  it.each(['start', 'die', 'died', 'destroy', 'remove'])('%s names the changed instance', (action) => {
    expect(changedIn(eventOf(action, LABELS))).toBe('i-1');
  });

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

  it('that is not JSON is an error', () => {
    expect(() => changedIn('<html>')).toThrow(SyntaxError);
  });
});
