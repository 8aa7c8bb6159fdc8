import { randomUUID } from 'node:crypto';
import { Peer, type Call, type Route } from './peer';
import { DONE, json, refusal, type Reply } from './reply';
import { shown, unixNow, type Build, type Resource } from './resource';

const VOLUMES = '/api/v1/storage/volumes';
const NOT_FOUND = refusal(404, 'Volume not found');
const DENIED = refusal(403, 'Access denied');

export interface Volume extends Resource {
  readonly name: string;
  readonly tenantId: string;
  readonly sizeGB: number;
  readonly type: string;
  readonly status: 'creating' | 'available' | 'in-use';
  /** Instance id; empty while detached. */
  readonly attachedTo: string;
}

export interface StoragePeerOptions extends Build {
  readonly port?: number;
  /** How long a volume created over HTTP stays `creating`; default 1000. */
  readonly volumeDelayMs?: number;
}

/**
 * Reproduces bugs of the original: attach checks neither state nor tenant, a volume attached during its creation is
 * detached when that ends, and deleting a volume before then crashes the service.
 */
export class StoragePeer extends Peer {
  protected readonly service = 'storage-service';
  protected readonly routes: readonly Route[] = [
    { method: 'GET', path: VOLUMES, answer: (call) => this.list(call) },
    { method: 'POST', path: VOLUMES, answer: (call) => this.create(call) },
    { method: 'GET', path: `${VOLUMES}/:id`, answer: (call) => this.find(call) },
    { method: 'DELETE', path: `${VOLUMES}/:id`, answer: (call) => this.remove(call) },
    { method: 'POST', path: `${VOLUMES}/:id/attach`, answer: (call) => this.attach(call) },
    { method: 'POST', path: `${VOLUMES}/:id/detach`, answer: (call) => this.detach(call) },
  ];
  private readonly volumesById = new Map<string, Volume>();
  private readonly timers = new Set<NodeJS.Timeout>();

  private constructor(private readonly options: StoragePeerOptions) {
    super();
  }

  static async start(options: StoragePeerOptions = {}): Promise<StoragePeer> {
    const peer = new StoragePeer(options);
    await peer.open(options.port);
    return peer;
  }

  get volumes(): ReadonlyMap<string, Volume> {
    return this.volumesById;
  }

  /** Adds an existing volume: available unless `members` says otherwise, and without a timer. */
  addVolume(tenantId: string, members: Partial<Volume> = {}): Volume {
    const now = unixNow();
    const volume: Volume = {
      id: randomUUID(),
      name: 'disk',
      tenantId,
      sizeGB: 10,
      type: 'block',
      status: 'available',
      attachedTo: '',
      createdAt: now,
      updatedAt: now,
      metadata: {},
      ...members,
    };
    this.volumesById.set(volume.id, volume);
    return volume;
  }

  /** Number of volumes with a pending creation, including deleted ones. */
  get creating(): number {
    return this.timers.size;
  }

  attachedTo(instanceId: string): readonly Volume[] {
    return [...this.volumes.values()].filter(({ attachedTo }) => attachedTo === instanceId);
  }

  override async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await super.stop();
  }

  private list({ tenantId }: Call): Reply {
    const own = [...this.volumes.values()].filter((volume) => volume.tenantId === tenantId);
    return json(200, { volumes: own.map((volume) => shown(volume, this.options)) });
  }

  private create({ tenantId, body }: Call): Reply {
    const sent = body();
    const volume = this.addVolume(tenantId, {
      name: sent.text('name'),
      sizeGB: sent.integer('sizeGB'),
      metadata: sent.texts('metadata'),
      status: 'creating',
      ...(sent.has('type') && { type: sent.text('type') }),
    });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      // Like the original, ignores changes to the volume in the meantime.
      if (this.volumes.has(volume.id)) this.change(volume.id, { status: 'available', attachedTo: '' });
      else this.crash(`volume ${volume.id} was removed while it was being created`);
    }, this.options.volumeDelayMs ?? 1000);
    this.timers.add(timer);
    return json(201, shown(volume, this.options));
  }

  private find({ id, tenantId }: Call): Reply {
    const volume = this.volumes.get(id);
    if (!volume) return NOT_FOUND;
    return volume.tenantId === tenantId ? json(200, shown(volume, this.options)) : DENIED;
  }

  private attach({ id, body }: Call): Reply {
    return this.change(id, { status: 'in-use', attachedTo: body().text('instanceId') });
  }

  private detach({ id }: Call): Reply {
    return this.change(id, { status: 'available', attachedTo: '' });
  }

  private remove({ id, tenantId }: Call): Reply {
    const volume = this.volumes.get(id);
    if (!volume) return NOT_FOUND;
    if (volume.tenantId !== tenantId) return DENIED;
    if (volume.attachedTo !== '') return refusal(400, 'Volume is currently attached');
    this.volumesById.delete(id);
    return DONE;
  }

  private change(id: string, members: Pick<Volume, 'status' | 'attachedTo'>): Reply {
    const volume = this.volumes.get(id);
    if (!volume) return NOT_FOUND;
    const changed = { ...volume, ...members, updatedAt: unixNow() };
    this.volumesById.set(id, changed);
    return json(200, shown(changed, this.options));
  }
}
