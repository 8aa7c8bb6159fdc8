import type { Instance } from '../../src/compute/instances';
import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import type { SnapshotScheduleDto as Schedule } from '../../src/compute/instances/snapshots/schedules/api/schedule.dto';
import { startCli, type CliResult } from '../support/cli';
import { parseJson } from '../support/json';
import { newTenant, useApp } from '../support/use-app';

const DAY = 86_400_000;

describe('uim-compute snapshot', () => {
  const app = useApp();
  let tenantId: string;
  let instance: Instance;

  beforeEach(async () => {
    tenantId = newTenant();
    instance = await app.as(tenantId).createRunning();
  });

  const cli = (...args: readonly string[]): Promise<CliResult> => startCli(app.url, tenantId, args).result;
  const read = async <T>(...args: readonly string[]): Promise<T> => {
    const { code, out, err } = await cli(...args, '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return parseJson<T>(out);
  };
  /** Ids of the listed snapshots. */
  const listed = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, out, err } = await cli('snapshot', 'list', '-o', 'name', ...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out.split('\n').filter((line) => line !== '');
  };
  const taken = (name: string, ...more: readonly string[]): Promise<Snapshot> =>
    read<Snapshot>('snapshot', 'create', 'web', name, '--wait', ...more);

  it('takes, shows, changes and deletes snapshots by name', async () => {
    const snapshot = await taken('first', '--memory', '--metadata', 'release=7');
    expect(snapshot).toMatchObject({
      ...{ name: 'first', instanceId: instance.id, status: 'available', includeMemory: true, quiesce: false },
      ...{ metadata: { release: '7' }, expiresAt: null },
    });
    expect((await cli('snapshot')).out).toMatch(
      /^ID +NAME +INSTANCE +STATUS +MEMORY +SIZE +AGE\n\S+ +first +\S+ +available +yes +/,
    );
    expect((await cli('snapshot', 'get', 'first')).out).toMatch(/^metadata +release=7$/m);
    const before = Date.now();
    const { expiresAt } = await read<Snapshot>('snapshot', 'update', 'first', '--expires', '7d');
    expect(Date.parse(String(expiresAt)) - before).toBeGreaterThanOrEqual(7 * DAY - 1000);
    expect(Date.parse(String(expiresAt)) - Date.now()).toBeLessThanOrEqual(7 * DAY);
    expect(await read('snapshot', 'update', snapshot.id, '--expires', 'never')).toMatchObject({
      expiresAt: null,
    });
    expect(await cli('snapshot', 'delete', 'first')).toEqual({ code: 0, out: '', err: '' });
    expect(await listed()).toEqual([]);
  });

  it('restores instances, and creates new ones', async () => {
    await taken('warm', '--memory');
    expect(await read('snapshot', 'restore', 'web', 'warm', '--resume')).toMatchObject({ status: 'running' });
    const clone = await read<Instance>(
      'create',
      'web-2',
      '--flavor',
      'small',
      '--snapshot',
      'warm',
      '--wait',
    );
    expect(clone).toMatchObject({ name: 'web-2', status: 'running' });
    expect(await listed('--instance', 'web-2')).toEqual([]);
    expect(await listed('--instance', 'web')).toHaveLength(1);
  });

  it('deletes nothing if one of the names is not there, or is not unique', async () => {
    await taken('one');
    const { code, err } = await cli('snapshot', 'delete', 'one', 'two');
    expect([code, err]).toEqual([3, expect.stringContaining('no snapshot has the name or ID two')]);
    await taken('one');
    expect((await cli('snapshot', 'delete', 'one')).err).toContain('several snapshots have the name one');
    expect(await listed()).toHaveLength(2);
  });

  it('says why a snapshot could not be taken', async () => {
    const metadata = { 'simulate.snapshotError': 'the disk is full' };
    await app.as(tenantId).patch(`/instances/${instance.id}`, { metadata });
    const { code, err } = await cli('snapshot', 'create', 'web', 'first', '--wait');
    expect(code).not.toBe(0);
    expect(err).toContain('the disk is full');
  });

  it.each(['7', 'tomorrow', '7w', '2027-01-31', '2027-13-31T12:00:00Z'])(
    'refuses --expires %s',
    async (time) => {
      expect((await cli('snapshot', 'create', 'web', 'first', '--expires', time)).code).not.toBe(0);
      expect(await listed()).toEqual([]);
    },
  );

  it('sets, shows and deletes schedules', async () => {
    const schedule = ['snapshot', 'schedule'] as const;
    const line = ['0 0 1 1 *', '--time-zone', 'Europe/Berlin', '--keep-last', '2', '--keep-weekly', '4'];
    const expected = {
      ...{ instanceId: instance.id, cron: '0 0 1 1 *', timeZone: 'Europe/Berlin', lastAt: null },
      keep: { last: 2, daily: 0, weekly: 4 },
    };
    expect(await read<Schedule>(...schedule, 'set', 'web', ...line)).toMatchObject(expected);
    expect(await read<Schedule>(...schedule, 'get', 'web')).toMatchObject(expected);
    expect((await cli(...schedule, 'get', 'web')).out).toMatch(/^keep +last 2, daily 0, weekly 4$/m);
    const refused = await cli(...schedule, 'set', 'web', 'every day', '--keep-last', '1');
    expect([refused.out, refused.err]).toEqual(['', expect.stringContaining('schedule_invalid')]);
    expect(await cli(...schedule, 'delete', 'web')).toEqual({ code: 0, out: '', err: '' });
    expect((await cli(...schedule, 'get', 'web')).err).toContain('schedule_not_found');
  });
});
