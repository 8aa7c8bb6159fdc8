import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InstanceSpec, NewSnapshot } from '../../src/drivers';
import { GuestAgents } from '../../src/drivers/qemu/agent/guest-agents';
import { InstanceDirectory } from '../../src/drivers/qemu/files/instance-directory';
import { InstanceLock } from '../../src/drivers/qemu/machine/instance-lock';
import { Clock } from '../../src/platform/async/clock';
import { newId } from '../../src/platform/values/uuid';
import { having } from '../contract/driver-core';
import { callFor } from '../support/builders';
import { describeQemu } from '../support/engines/qemu-engine';
import {
  BOOT_ID,
  NO_TRACES,
  QemuSnapshotUser,
  QUIESCED,
  RESUME,
  WITH_MEMORY,
  type SnapshotKind,
} from '../support/engines/qemu-snapshots';

const ROOT = join(__dirname, '../..');
const TEST_MS = 600_000;
const LEASE_LOST = Object.assign(new Error('interrupted: lease_lost'), { isLeaseLost: true });
/** With a file system that can be frozen. */
const MOUNTING = `#!/bin/sh
mkdir /data && mke2fs /dev/vda >/dev/null && mount -t ext4 /dev/vda /data
`;

describeQemu('snapshots of qemu machines after a crash of the service', ({ engine, driver }) => {
  const user = new QemuSnapshotUser({ engine, driver });

  /** Kills a process of the service before it sends a command. */
  async function killedBefore(
    command: string,
    instance: InstanceSpec,
    snapshot: NewSnapshot | null,
  ): Promise<void> {
    const task = { config: engine().config(), instance, snapshot, command };
    const file = join(ROOT, 'test/support/engines/qemu-snapshot-child.ts');
    const args = ['--require', './scripts/typescript.cjs', file, JSON.stringify(task)];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    const first: unknown = await Promise.race([once(child.stdout, 'data'), gone]);
    expect(String(first)).toBe('arrived\n');
    child.kill('SIGKILL');
    await gone;
  }

  async function isFrozen(instance: InstanceSpec): Promise<boolean> {
    const clock = new Clock();
    const agents = new GuestAgents(new InstanceLock(engine().dir, clock), clock);
    const directory = new InstanceDirectory(engine().dir, instance.id);
    return agents.use(directory, AbortSignal.timeout(60_000), (agent) => agent.isFrozen());
  }

  const list = () => having(driver(), 'inventory').list(AbortSignal.timeout(60_000));

  it(
    'are taken by the next attempt or given up, and the guest runs and writes again, wherever it was',
    async () => {
      const instance = await user.created(MOUNTING);
      const frozen = { status: 'running', isFrozen: true };
      const points: readonly (readonly [string, SnapshotKind, 'take' | 'abandon' | 'list', object])[] = [
        ['transaction', QUIESCED, 'take', frozen],
        ['thaw', QUIESCED, 'abandon', frozen],
        ['thaw', QUIESCED, 'list', frozen],
        ['blockdev-del', QUIESCED, 'take', { status: 'running', isFrozen: false }],
        ['snapshot-save', WITH_MEMORY, 'list', { status: 'paused' }],
        ['transaction', WITH_MEMORY, 'abandon', { status: 'paused' }],
        ['cont', WITH_MEMORY, 'take', { status: 'paused' }],
        ['cont', WITH_MEMORY, 'abandon', { status: 'paused' }],
        ['blockdev-del', WITH_MEMORY, 'take', { status: 'running' }],
      ];
      const taken: string[] = [];
      for (const [command, kind, next, expected] of points) {
        const [id, { tenantId }] = [newId(), instance];
        await killedBefore(command, instance, { id, tenantId, ...kind });
        const found = {
          ...(await user.traces(instance)),
          ...('isFrozen' in expected && { isFrozen: await isFrozen(instance) }),
        };
        expect({ command, found }).toMatchObject({ command, found: expected });
        if (next === 'take') {
          await user.take(instance, kind, id);
          taken.push(id);
        } else if (next === 'abandon')
          await user.snapshots.abandon(callFor(instance), { id, tenantId, isPaused: false });
        else await list();
        expect({ command, next, ...(await user.traces(instance)) }).toEqual({
          command,
          next,
          ...NO_TRACES,
        });
        // A frozen guest would refuse.
        await user.guest(instance, `echo ${id} >/data/last && sync`);
        if (next === 'list')
          await user.snapshots.abandon(callFor(instance), { id, tenantId, isPaused: false });
        expect(user.names().toSorted()).toEqual(taken.toSorted());
      }
    },
    TEST_MS,
  );

  it(
    'thaw the guest if the lease is lost or the call is aborted while it is frozen',
    async () => {
      const instance = await user.created(MOUNTING);
      const note = engine().pathOf(instance, 'taking.json');
      await user.take(instance);
      const before = user.names();
      for (const reason of [LEASE_LOST, new Error('canceled')]) {
        const ending = new AbortController();
        const call = callFor(instance, { signal: ending.signal });
        const taking = user.snapshots.take(call, { id: newId(), tenantId: instance.tenantId, ...QUIESCED });
        taking.catch(() => undefined);
        const end = performance.now() + 60_000;
        while (!(existsSync(note) && readFileSync(note, 'utf8').includes('"isFrozen":true'))) {
          expect(performance.now()).toBeLessThan(end);
          await nextTurn();
        }
        ending.abort(reason);
        await expect(taking).rejects.toBe(reason);
        expect(await isFrozen(instance)).toBe(false);
        await list();
        expect(await user.traces(instance)).toEqual(NO_TRACES);
        // An attempt that lost its lease leaves its draft to the next one.
        expect(user.names().filter((name) => !name.startsWith('.'))).toEqual(before);
      }
    },
    TEST_MS,
  );

  it(
    'are given up although the agent in the guest does not respond, and the guest is thawed when it does',
    async () => {
      const instance = await user.created(MOUNTING);
      const pause = having(driver(), 'pause');
      await pause.pause(callFor(instance));
      const note = engine().pathOf(instance, 'taking.json');
      writeFileSync(note, JSON.stringify({ wasRunning: false, isStopped: false, isFrozen: true }));
      const { tenantId } = instance;
      await user.snapshots.abandon(callFor(instance), { id: newId(), tenantId, isPaused: true });
      expect(existsSync(note)).toBe(true);
      await pause.resume(callFor(instance));
      await list();
      expect(existsSync(note)).toBe(false);
    },
    TEST_MS,
  );

  it(
    'continue from memory exactly once if a start is interrupted',
    async () => {
      const instance = await user.created();
      const bootId = await user.guest(instance, BOOT_ID);
      const snapshot = await user.take(instance, WITH_MEMORY);
      const hard = engine().driver({ stopGraceMs: 0 });
      for (const command of ['snapshot-load', 'job-dismiss', 'cont']) {
        await hard.stop(callFor(instance));
        await user.snapshots.restore(callFor(instance), snapshot, RESUME);
        await killedBefore(command, instance, null);
        await driver().start(callFor(instance));
        await user.ready(instance);
        expect(await user.guest(instance, BOOT_ID)).toBe(bootId);
        await driver().start(callFor(instance));
      }
      await hard.stop(callFor(instance));
      await hard.start(callFor(instance));
      await user.ready(instance);
      expect(await user.guest(instance, BOOT_ID)).not.toBe(bootId);
    },
    TEST_MS,
  );
});
