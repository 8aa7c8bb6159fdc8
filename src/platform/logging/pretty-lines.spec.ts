import { pino, stdSerializers, type Logger } from 'pino';
import { NestLog } from './logger';
import { prettyLines } from './pretty-lines';

const ESC = '\u001b';

/** A log in the form of the service's, and what it wrote. */
function newLog(hasColors = false): { readonly log: Logger; readonly written: () => string } {
  const lines: string[] = [];
  const format = prettyLines({ hasColors });
  const log = pino(
    {
      base: { service: 'compute-service' },
      timestamp: () => `,"time":"2026-01-02T03:04:05.678Z"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
    },
    { write: (line: string) => lines.push(format(line)) },
  );
  return { log, written: () => lines.join('') };
}

const REQUEST = {
  requestId: 'some-id',
  tenantId: 'tenant-a',
  method: 'GET',
  path: '/api/v1/compute/instances',
  route: '/api/v1/compute/instances',
  status: 200,
  durationMs: 12.3,
};

describe('pretty log lines', () => {
  it('show a request as one short line', () => {
    const { log, written } = newLog();
    log.info(REQUEST, 'request');
    log.info({ ...REQUEST, tenantId: undefined, status: 404, problem: 'route_not_found' }, 'request');
    expect(written().replace(/^\[\d\d:/gm, '[HH:')).toBe(
      '[HH:04:05.678] INFO: GET /api/v1/compute/instances 200 12.3 ms tenant-a\n' +
        '[HH:04:05.678] INFO: GET /api/v1/compute/instances 404 12.3 ms route_not_found\n',
    );
  });

  it('show other lines with their logger and members', () => {
    const { log, written } = newLog();
    new NestLog(log).warn({ instanceId: 'i', attempts: 2 }, 'failed to record', 'Capacity');
    expect(written()).toMatch(
      /^\[[\d:.]+\] WARN \(Capacity\): failed to record \{"instanceId":"i","attempts":2\}\n$/,
    );
  });

  it('show the stack of an error and its cause', () => {
    const { log, written } = newLog();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(written()).toMatch(/ ERROR: failed/);
    expect(written()).toContain('Error: outer\n');
    expect(written()).toContain('inner');
    expect(written()).toContain('pretty-lines.spec.ts');
  });

  it.each([
    ['an escape sequence', `${ESC}]0;title\u0007`, '\\u001b]0;title\\u0007'],
    ['a line break', 'a\r\n[03:04:05] INFO: forged', 'a\\u000d\\u000a[03:04:05] INFO: forged'],
    ['an 8-bit control character', '\u009b31m\u007f', '\\u009b31m\\u007f'],
    ['a change of direction', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ])('escape %s wherever it is', (_, text, shown) => {
    const { log, written } = newLog();
    log.info({ ...REQUEST, path: text, tenantId: text }, 'request');
    log.warn({ context: text, name: text, nested: { list: [text], [text]: 1 } }, text);
    log.error({ err: Object.assign(new Error(text, { cause: new Error(text) }), { code: text }) }, 'failed');
    const lines = written();
    expect(lines.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(lines.split(shown).length - 1).toBeGreaterThanOrEqual(8);
    // Only the log itself begins a line.
    for (const line of lines.trimEnd().split('\n')) expect(line).toMatch(/^(\[[\d:.]+\] [A-Z]+|  +[^ ])/);
  });

  it('have colors only if asked for', () => {
    for (const hasColors of [true, false]) {
      const { log, written } = newLog(hasColors);
      log.info(REQUEST, 'request');
      expect(written().includes(`${ESC}[`)).toBe(hasColors);
    }
  });
});
