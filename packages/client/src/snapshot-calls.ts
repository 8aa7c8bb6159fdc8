import { changing } from './changing';
import { delay } from './delay';
import { executed } from './dry-runs';
import { given, only } from './given';
import { repeatingIfLost } from './lost-responses';
import { itemsOf, limitOf } from './pages';
import { ProblemError, unwrap } from './problem';
import type { Routes } from './routes';
import type {
  AllSnapshotsFilter,
  CallOptions,
  ChangeOptions,
  CreateSnapshot,
  Instance,
  InstanceChangeOptions,
  ListOptions,
  Restore,
  SetSnapshotSchedule,
  Snapshot,
  SnapshotDryRun,
  SnapshotSchedule,
  UpdateSnapshot,
} from './types';

const INSTANCE = '/api/v1/compute/instances/{id}';
const SCHEDULE = `${INSTANCE}/snapshot-schedule` as const;
const SNAPSHOT = '/api/v1/compute/snapshots/{id}';
const POLL_MS = 1000;
const TIMEOUT_SECONDS = 300;

export interface SnapshotWaitOptions extends CallOptions {
  /** Total time, by default 300 seconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** Snapshots of a tenant's instances. */
export class SnapshotCalls {
  constructor(private readonly routes: Routes) {}

  /**
   * Takes a snapshot, which is then `creating`; see `settled`. Repeats the request with its idempotency key if the response
   * is lost, so that nothing is taken twice.
   */
  create(instanceId: string, request: CreateSnapshot, options: ChangeOptions = {}): Promise<Snapshot> {
    const { idempotencyKey = globalThis.crypto.randomUUID(), signal } = options;
    const { params, ...rest } = changing(instanceId, { idempotencyKey, signal });
    const body = given(request);
    return repeatingIfLost(async () => {
      const answer = await unwrap(this.routes.POST(`${INSTANCE}/snapshots`, { params, body, ...rest }));
      return executedSnapshot(answer);
    }, signal);
  }

  get(id: string, options: CallOptions = {}): Promise<Snapshot> {
    return unwrap(this.routes.GET(SNAPSHOT, { params: { path: { id } }, ...only(options) }));
  }

  /** Newest first, also of deleted instances. Only operators may use `allTenants` and `tenantId`. */
  list(
    filter: AllSnapshotsFilter = {},
    options: ListOptions = {},
  ): AsyncGenerator<Snapshot, void, undefined> {
    return itemsOf(async (page) => {
      const params = { query: { ...given(filter), ...limitOf(options), ...page } };
      const list = await unwrap(this.routes.GET('/api/v1/compute/snapshots', { params, ...only(options) }));
      return { items: list.snapshots, nextPageToken: list.nextPageToken };
    });
  }

  /** Changes name, metadata or expiry; null removes the expiry or a metadata pair. */
  update(id: string, changes: UpdateSnapshot, options: InstanceChangeOptions = {}): Promise<Snapshot> {
    return unwrap(this.routes.PATCH(SNAPSHOT, { ...changing(id, options), body: given(changes) }));
  }

  /** Resolves with undefined once it is deleted, or with the snapshot if that takes longer; see `settled`. */
  async delete(id: string, options: InstanceChangeOptions = {}): Promise<Snapshot | undefined> {
    const answer = await unwrap(this.routes.DELETE(SNAPSHOT, { ...changing(id, options) }));
    return answer === undefined ? undefined : executedSnapshot(answer);
  }

  /** Gives the instance the disk of one of its snapshots; see `ComputeClient.waitFor` if that takes longer. */
  async restore(
    instanceId: string,
    request: Restore,
    options: InstanceChangeOptions = {},
  ): Promise<Instance> {
    const body = given(request);
    const call = this.routes.POST(`${INSTANCE}/restore`, { ...changing(instanceId, options), body });
    return executed<Instance>(await unwrap(call));
  }

  /**
   * Waits until the snapshot is neither being taken nor deleted; undefined if it is gone. After the time has passed,
   * resolves with the snapshot as it is.
   */
  async settled(id: string, options: SnapshotWaitOptions = {}): Promise<Snapshot | undefined> {
    const { timeoutSeconds = TIMEOUT_SECONDS, signal } = options;
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (;;) {
      const snapshot = await this.found(id, { signal });
      const isSettled = snapshot?.status !== 'creating' && snapshot?.status !== 'deleting';
      if (isSettled || performance.now() >= deadline) return snapshot;
      await delay(POLL_MS, signal);
    }
  }

  /** @throws {ProblemError} `schedule_not_found` if the instance has none */
  schedule(instanceId: string, options: CallOptions = {}): Promise<SnapshotSchedule> {
    return unwrap(this.routes.GET(SCHEDULE, { params: { path: { id: instanceId } }, ...only(options) }));
  }

  /** Takes snapshots of the instance regularly; replaces its schedule, if it has one. */
  setSchedule(
    instanceId: string,
    schedule: SetSnapshotSchedule,
    options: InstanceChangeOptions = {},
  ): Promise<SnapshotSchedule> {
    return unwrap(this.routes.PUT(SCHEDULE, { ...changing(instanceId, options), body: given(schedule) }));
  }

  /** The snapshots that it took stay. */
  async removeSchedule(instanceId: string, options: InstanceChangeOptions = {}): Promise<void> {
    await unwrap(this.routes.DELETE(SCHEDULE, { ...changing(instanceId, options) }));
  }

  private async found(id: string, options: CallOptions): Promise<Snapshot | undefined> {
    try {
      return await this.get(id, options);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'snapshot_not_found') return undefined;
      throw error;
    }
  }
}

/** Rules out the result of a dry run, which was not requested. */
function executedSnapshot(answer: Snapshot | SnapshotDryRun): Snapshot {
  if ('dryRun' in answer) throw new Error('the service returned an unrequested dry-run result');
  return answer;
}
