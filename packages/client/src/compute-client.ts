import { changing } from './changing';
import type { ClientOptions } from './connection';
import type { InstanceAction } from './constants';
import { followConsole, type FollowConsoleOptions } from './console';
import { deletionOf, DryRuns, executed } from './dry-runs';
import { followEvents, type FollowOptions, type StreamedEvent } from './events';
import { given, only } from './given';
import { repeatingIfLost } from './lost-responses';
import { OperatorCalls } from './operator-calls';
import { imagesOf, OwnImageCalls } from './own-image-calls';
import { instancesOf, itemsOf, operationsOf } from './pages';
import { unwrap } from './problem';
import { routesOf, type Routes } from './routes';
import { SessionCalls } from './session-calls';
import { SnapshotCalls } from './snapshot-calls';
import type {
  AttachNetwork,
  AttachVolume,
  Caller,
  CallOptions,
  Capacity,
  ChangeOptions,
  CreatedInstances,
  CreateInstance,
  CreateInstances,
  ConsoleOptions,
  DeleteOptions,
  Flavor,
  GetOptions,
  Image,
  Instance,
  InstanceChangeOptions,
  InstanceDetails,
  InstanceEvent,
  InstanceFilter,
  InstanceStatus,
  ListOptions,
  Operation,
  OperationFilter,
  Quota,
  Reboot,
  Rebuild,
  Resize,
  Stats,
  UpdateInstance,
} from './types';
import { CALL_SECONDS, waitForInstance, type WaitGoal, type WaitOptions } from './waiting';
import { WebhookCalls } from './webhook-calls';

/** Time for the response of a wait to arrive. */
const WAIT_MARGIN_SECONDS = 30;
const INSTANCE = '/api/v1/compute/instances/{id}';

/**
 * A tenant's client of the compute service. Calls throw a `ProblemError` if the service refuses, a `TimeoutError` if it
 * does not respond in time, or an error of `fetch`. Lists are read page by page as they are iterated.
 */
export class ComputeClient {
  /** Every route with its full request and response, for what the methods below do not cover. */
  readonly routes: Routes;
  /** What changes would do, without making them. */
  readonly dryRun: DryRuns;
  /** Snapshots of instances; `create` with `sourceSnapshotId` makes an instance from one. */
  readonly snapshots: SnapshotCalls;
  /** Images that the tenant publishes from its snapshots. */
  readonly ownImages: OwnImageCalls;
  /** Consoles, screens and commands of running instances. */
  readonly sessions: SessionCalls;
  /** URLs that receive the tenant's events. */
  readonly webhooks: WebhookCalls;
  /** Calls that need an operator's token or role. */
  readonly operator: OperatorCalls;

  /** For waits, whose calls must not be cut off before the service ends them. */
  private readonly waits: Routes;

  constructor(private readonly options: ClientOptions) {
    this.routes = routesOf(options);
    const timeoutMs = Math.max(options.timeoutMs ?? 0, (CALL_SECONDS + WAIT_MARGIN_SECONDS) * 1000);
    this.waits = routesOf({ ...options, timeoutMs });
    this.dryRun = new DryRuns(this.routes);
    this.snapshots = new SnapshotCalls(this.routes);
    this.ownImages = new OwnImageCalls(this.routes);
    this.sessions = new SessionCalls(this.routes, options);
    this.webhooks = new WebhookCalls(this.routes);
    this.operator = new OperatorCalls(this.routes);
  }

  /**
   * Creates one instance, which is then `creating`; see `waitFor`. Repeats the request with its idempotency key if the
   * response is lost, so that nothing is created twice.
   */
  async create(request: CreateInstance, options: ChangeOptions = {}): Promise<Instance> {
    const created = await this.send(request, options);
    if ('instances' in created) throw new Error('the service created several instances instead of one');
    return created;
  }

  /** Creates several instances, all or none. The names get the suffixes `-1`, `-2` and so on. */
  async createMany(request: CreateInstances, options: ChangeOptions = {}): Promise<CreatedInstances> {
    const created = await this.send(request, options);
    if (!('instances' in created)) throw new Error('the service created one instance instead of several');
    return created;
  }

  /** With `deleted`, also a deleted instance that is retained. */
  async get(id: string, options: GetOptions = {}): Promise<InstanceDetails> {
    const query = options.deleted === undefined ? {} : { deleted: options.deleted };
    return unwrap(this.routes.GET(INSTANCE, { params: { path: { id }, query }, ...only(options) }));
  }

  /** Newest first. */
  list(filter: InstanceFilter = {}, options: ListOptions = {}): AsyncGenerator<Instance, void, undefined> {
    return instancesOf(this.routes, filter, options);
  }

  /** Changes the name, metadata, deletion protection, autostart or restart policy; a metadata value of null removes the key. */
  async update(id: string, changes: UpdateInstance, options: InstanceChangeOptions = {}): Promise<Instance> {
    return unwrap(this.routes.PATCH(INSTANCE, { ...changing(id, options), body: given(changes) }));
  }

  /** Resolves when the instance runs, or with the unchanged instance if the engine takes longer; see `waitFor`. */
  start(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('start', id, options);
  }

  /** Resolves when the instance is stopped, or with the unchanged instance if the engine takes longer. */
  stop(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('stop', id, options);
  }

  /** Starts a stopped instance again; it is `restarting` first. */
  restart(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('restart', id, options);
  }

  /** Freezes a running instance, which keeps its memory. */
  pause(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('pause', id, options);
  }

  /** Lets a paused instance run again. */
  resume(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('resume', id, options);
  }

  /** Ends the guest of a running instance and starts it again; `hard` without shutting it down first. */
  async reboot(id: string, request: Reboot = {}, options: InstanceChangeOptions = {}): Promise<Instance> {
    const call = this.routes.POST(`${INSTANCE}/reboot`, { ...changing(id, options), body: given(request) });
    return executed<Instance>(await unwrap(call));
  }

  /** Gives it another image and an empty disk; everything on the former disk is lost. */
  async rebuild(id: string, request: Rebuild, options: InstanceChangeOptions = {}): Promise<Instance> {
    const call = this.routes.POST(`${INSTANCE}/rebuild`, { ...changing(id, options), body: given(request) });
    return executed<Instance>(await unwrap(call));
  }

  /** Resolves with undefined once it is deleted, or retained, or with the instance if that takes longer; see `waitFor`. */
  async delete(id: string, options: DeleteOptions = {}): Promise<Instance | undefined> {
    const { params, ...rest } = changing(id, options);
    const call = this.routes.DELETE(INSTANCE, { params: { ...params, query: deletionOf(options) }, ...rest });
    return executed<Instance | undefined>(await unwrap(call));
  }

  /** Brings back a deleted instance that is retained; resolves when it runs, if it ran before. */
  undelete(id: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    return this.power('undelete', id, options);
  }

  /** Gives it another flavor; if it runs, without a restart unless `allowRestart` is true. */
  async resize(id: string, request: Resize, options: InstanceChangeOptions = {}): Promise<Instance> {
    const call = this.routes.POST(`${INSTANCE}/resize`, { ...changing(id, options), body: given(request) });
    return executed<Instance>(await unwrap(call));
  }

  attachNetwork(id: string, network: AttachNetwork, options: InstanceChangeOptions = {}): Promise<Instance> {
    return unwrap(this.routes.POST(`${INSTANCE}/networks`, { ...changing(id, options), body: network }));
  }

  detachNetwork(id: string, networkId: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    const { params, ...rest } = changing(id, options);
    const request = { params: { ...params, path: { id, networkId } }, ...rest };
    return unwrap(this.routes.DELETE(`${INSTANCE}/networks/{networkId}`, request));
  }

  attachVolume(id: string, volume: AttachVolume, options: InstanceChangeOptions = {}): Promise<Instance> {
    return unwrap(this.routes.POST(`${INSTANCE}/volumes`, { ...changing(id, options), body: volume }));
  }

  detachVolume(id: string, volumeId: string, options: InstanceChangeOptions = {}): Promise<Instance> {
    const { params, ...rest } = changing(id, options);
    const request = { params: { ...params, path: { id, volumeId } }, ...rest };
    return unwrap(this.routes.DELETE(`${INSTANCE}/volumes/{volumeId}`, request));
  }

  /**
   * Waits until the instance has a status. If it is to be `deleted`, resolves with undefined.
   * @throws {WaitTimeoutError} if that takes longer than `timeoutSeconds`, by default 300
   * @throws {ProblemError} `instance_failed` or `instance_deleted` if it can no longer happen
   */
  waitFor(id: string, goal: InstanceStatus | 'settled' | 'ready', options?: WaitOptions): Promise<Instance>;
  waitFor(id: string, goal: 'deleted', options?: WaitOptions): Promise<undefined>;
  waitFor(id: string, goal: WaitGoal, options?: WaitOptions): Promise<Instance | undefined>;
  waitFor(id: string, goal: WaitGoal, options: WaitOptions = {}): Promise<Instance | undefined> {
    return waitForInstance(this.waits, id, goal, options);
  }

  /** The last lines of the console. */
  async console(id: string, options: ConsoleOptions = {}): Promise<readonly string[]> {
    const query = options.lines === undefined ? {} : { lines: options.lines };
    const params = { path: { id }, query };
    const answer = await unwrap(this.routes.GET(`${INSTANCE}/console`, { params, ...only(options) }));
    if (typeof answer === 'string') throw new Error('the service sent an unrequested stream');
    return answer.lines;
  }

  /** The last lines of the console, then new ones until the guest ends; reconnects if the connection is lost. */
  followConsole(id: string, options: FollowConsoleOptions = {}): AsyncGenerator<string, void, undefined> {
    return followConsole(this.options, id, options);
  }

  stats(id: string, options: CallOptions = {}): Promise<Stats> {
    return unwrap(this.routes.GET(`${INSTANCE}/stats`, { params: { path: { id } }, ...only(options) }));
  }

  /** The history of an instance, oldest first. */
  history(id: string, options: CallOptions = {}): AsyncGenerator<InstanceEvent, void, undefined> {
    return itemsOf(async (query) => {
      const params = { path: { id }, query };
      const page = await unwrap(this.routes.GET(`${INSTANCE}/events`, { params, ...only(options) }));
      return { items: page.events, nextPageToken: page.nextPageToken };
    });
  }

  /** The tenant's events as they happen; reconnects without losing any. */
  followEvents(options: FollowOptions = {}): AsyncGenerator<StreamedEvent, void, undefined> {
    return followEvents(this.options, options);
  }

  operation(id: string, options: CallOptions = {}): Promise<Operation> {
    const params = { path: { id } };
    return unwrap(this.routes.GET('/api/v1/compute/operations/{id}', { params, ...only(options) }));
  }

  /** Newest first. */
  operations(
    filter: OperationFilter = {},
    options: ListOptions = {},
  ): AsyncGenerator<Operation, void, undefined> {
    return operationsOf(this.routes, filter, options);
  }

  async flavors(options: CallOptions = {}): Promise<readonly Flavor[]> {
    return (await unwrap(this.routes.GET('/api/v1/compute/flavors', only(options)))).flavors;
  }

  /** By id: those of the catalog, and the tenant's own. */
  images(options: CallOptions = {}): AsyncGenerator<Image, void, undefined> {
    return imagesOf(this.routes, options);
  }

  /** Limits and usage of the tenant. */
  quota(options: CallOptions = {}): Promise<Quota> {
    return unwrap(this.routes.GET('/api/v1/compute/quotas', only(options)));
  }

  /** What the tenant's instances take and what still fits; for operators, of all tenants. */
  capacity(options: CallOptions = {}): Promise<Capacity> {
    return unwrap(this.routes.GET('/api/v1/compute/capacity', only(options)));
  }

  /** Who this client acts as: the tenant, and whether it has the rights of operators. */
  caller(options: CallOptions = {}): Promise<Caller> {
    return unwrap(this.routes.GET('/api/v1/compute/caller', only(options)));
  }

  private send(
    request: CreateInstance | CreateInstances,
    options: ChangeOptions,
  ): Promise<Instance | CreatedInstances> {
    const { idempotencyKey = globalThis.crypto.randomUUID(), signal } = options;
    const body = given(request);
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    return repeatingIfLost(async () => {
      const call = this.routes.POST('/api/v1/compute/instances', { params, body, ...only(options) });
      return executed<Instance | CreatedInstances>(await unwrap(call));
    }, signal);
  }

  private async power(
    action: InstanceAction | 'undelete',
    id: string,
    options: InstanceChangeOptions,
  ): Promise<Instance> {
    const call = this.routes.POST(`${INSTANCE}/${action}`, { ...changing(id, options) });
    return executed<Instance>(await unwrap(call));
  }
}
