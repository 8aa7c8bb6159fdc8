import { join } from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import type { FromSnapshot, InstanceSpec, NewSnapshot, SnapshotRef, Snapshots } from '../../../src/drivers';
import { newId } from '../../../src/platform/values/uuid';
import { having } from '../../contract/driver-core';
import { callFor } from '../builders';
import { eventually } from '../eventually';
import { runInGuest } from './guest-exec';
import type { QemuContext } from './qemu-engine';
import { qmp } from './qmp';

export const BUSY = { withinMs: 120_000 };
export const BOOT: FromSnapshot = { resumesMemory: false };
export const RESUME: FromSnapshot = { resumesMemory: true };
export const PLAIN = { includesMemory: false, isQuiesced: false, isPaused: false };
export const WITH_MEMORY = { ...PLAIN, includesMemory: true };
export const QUIESCED = { ...PLAIN, isQuiesced: true };
/** Differs for each boot of a guest. */
export const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id';

export type SnapshotKind = Pick<NewSnapshot, 'includesMemory' | 'isQuiesced' | 'isPaused'>;

/** Takes and uses snapshots of real machines. */
export class QemuSnapshotUser {
  constructor(private readonly context: Pick<QemuContext, 'engine' | 'driver'>) {}

  get snapshots(): Snapshots {
    return having(this.context.driver(), 'snapshots');
  }

  guest(instance: InstanceSpec, script: string): Promise<string> {
    return runInGuest(this.context.driver(), instance, script);
  }

  async ready(instance: InstanceSpec): Promise<void> {
    await eventually(() => this.guest(instance, 'true'), BUSY);
  }

  async created(userData: string | null = null): Promise<InstanceSpec> {
    const instance = this.context.engine().instance({}, { userData });
    await this.context.driver().create(callFor(instance));
    await this.ready(instance);
    return instance;
  }

  /** Without waiting for its guest to boot. */
  async stopped(): Promise<InstanceSpec> {
    const instance = this.context.engine().instance();
    const driver = this.context.engine().driver({ stopGraceMs: 0 });
    await driver.create(callFor(instance));
    await driver.stop(callFor(instance));
    return instance;
  }

  async take(instance: InstanceSpec, kind: SnapshotKind = PLAIN, id = newId()): Promise<SnapshotRef> {
    const { tenantId } = instance;
    const call = callFor(instance, { purpose: 'snapshot' });
    const { handle } = await this.snapshots.take(call, { id, tenantId, ...kind });
    return { id, tenantId, handle };
  }

  /** Stops, restores and starts. */
  async restored(instance: InstanceSpec, from: SnapshotRef, options = BOOT): Promise<void> {
    const driver = this.context.engine().driver({ stopGraceMs: 0 });
    await driver.stop(callFor(instance, { purpose: 'restore' }));
    await this.snapshots.restore(callFor(instance), from, options);
    await driver.start(callFor(instance));
    await this.ready(instance);
  }

  /** Ids of all snapshots, and names of drafts. */
  names(): readonly string[] {
    const directory = join(this.context.engine().dir, 'snapshots');
    return existsSync(directory) ? readdirSync(directory) : [];
  }

  /** What there is of a snapshot that is being taken: files, nodes and jobs, and the state of the guest. */
  async traces(instance: InstanceSpec): Promise<object> {
    const { engine } = this.context;
    const socket = engine().pathOf(instance, 'work/qmp.sock');
    const nodes = await qmp<readonly { 'node-name': string }[]>(socket, 'query-named-block-nodes');
    const jobs = await qmp<readonly { id: string }[]>(socket, 'query-jobs');
    const { status } = await qmp<{ status: string }>(socket, 'query-status');
    const names = [
      ...readdirSync(engine().pathOf(instance)),
      ...readdirSync(engine().pathOf(instance, 'work')),
    ];
    return {
      files: names.filter((name) => name.startsWith('tak')),
      nodes: nodes.map((node) => node['node-name']).filter((name) => /^(taken|memory)/.test(name)),
      jobs: jobs.map(({ id }) => id),
      status,
    };
  }
}

export const NO_TRACES = { files: [], nodes: [], jobs: [], status: 'running' };
