import fc from 'fast-check';
import { newId } from '../../src/platform/values/uuid';
import { QuotasConfig } from '../../src/compute/quotas/quotas.config';
import { type Database, PageReads } from '../../src/platform/database';
import { EventRecords } from '../../src/compute/events';
import type { Instance } from '../../src/compute/instances';
import type { ResourceSignals } from '../../src/compute/resources';
import { PLAIN_FIELDS } from '../../src/compute/instances/fields';
import { InstancePages } from '../../src/compute/instances/store/instance-pages';
import { InstancesRepository } from '../../src/compute/instances/store/instances.repository';
import { CreationRepository, type NewInstance } from '../../src/compute/instances/create/creation.repository';
import { ActionsRepository } from '../../src/compute/instances/actions/actions.repository';
import { CompletionRepository } from '../../src/compute/instances/work/completion.repository';
import { OperationsQueue, type ClaimedOperation, type OperationType } from '../../src/compute/operations';
import { aNewInstance } from '../support/builders';
import { claim } from '../support/claim';
import { DATABASE_KIND } from '../support/database';
import { parseJson } from '../support/json';
import { useDatabase } from '../support/use-database';

const TENANT = 'tenant-a';

describe(`lifecycle in the ${DATABASE_KIND} database`, () => {
  const suite = useDatabase();
  const { run } = suite;
  let database: Database;
  let signals: ResourceSignals;
  let lifecycle: ActionsRepository;
  let creations: CreationRepository;
  let completions: CompletionRepository;
  let instances: InstancesRepository;
  let queue: OperationsQueue;

  beforeAll(() => {
    ({ database, signals } = suite);
    lifecycle = new ActionsRepository(database, signals);
    creations = new CreationRepository(database, signals, new QuotasConfig({}));
    completions = new CompletionRepository(database, signals);
    instances = new InstancesRepository(
      database,
      new InstancePages(database, new PageReads(database, suite.config)),
      signals,
    );
    queue = new OperationsQueue(database);
  });

  function anOperation(type: OperationType) {
    return {
      id: newId(),
      type,
      requestId: 'request-1',
      traceparent: null,
      key: null,
      actor: 'tenant:tenant-a',
    };
  }

  function aDeletion() {
    return { ...anOperation('delete'), type: 'delete', isForced: false } as const;
  }

  async function created(parts: Partial<NewInstance> = {}): Promise<NewInstance> {
    const instance = aNewInstance(parts);
    await creations.create({ tenantId: TENANT, instance, operation: anOperation('create') });
    return instance;
  }

  async function claimOne(leaseMs = 60_000): Promise<ClaimedOperation> {
    const [operation] = await claim(queue, { limit: 1, leaseMs });
    if (!operation) throw new Error('nothing is due');
    return operation;
  }

  const SUCCESS = {
    status: 'running',
    handle: { v: 1, data: {} },
    metric: null,
  } as const;

  const GONE = { metric: null, needsCleanup: false };

  it('keeps the JSON document equal to the columns', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: text,
          imageId: text,
          type: fc.constantFrom('vm', 'container'),
          metadata: fc.dictionary(text, text, { maxKeys: 5 }),
          networkIds: fc.array(text, { maxLength: 3 }),
          deletionProtection: fc.boolean(),
        }),
        text,
        async (parts, reason) => {
          const { id } = await created(parts);
          await run('UPDATE instances SET status_reason = $2, version = version + 1 WHERE id = $1', [
            id,
            reason,
          ]);
          const [row] = await run<Record<string, unknown> & { document: string }>(
            `SELECT document, id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
              network_ids AS "networkIds", volume_ids AS "volumeIds", metadata,
              coalesce(handle -> 'ports', '[]') AS ports, coalesce(handle -> 'addresses', '[]') AS addresses,
              status_reason AS "statusReason", guest -> 'readiness' AS readiness, ready,
              floor(extract(epoch FROM ready_at))::int AS "readyAt",
              ${PLAIN_FIELDS.map(({ name, column }) => `${column} AS "${name}"`).join(', ')},
              version, floor(extract(epoch FROM created_at))::int AS "createdAt",
              floor(extract(epoch FROM updated_at))::int AS "updatedAt"
            FROM instances WHERE id = $1`,
            [id],
          );
          const { document, ...columns } = row ?? { document: 'null' };
          expect(parseJson<Instance>(document)).toEqual(columns);
          expect(columns).toMatchObject({ ...parts, statusReason: reason });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives each operation to exactly one worker under concurrent claims', async () => {
    for (let i = 0; i < 20; i++) await created();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(queue, { limit: 5 })));
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  it('gives an operation with an expired lease to the next worker, and rejects writes of the first', async () => {
    const { id } = await created();
    const first = await claimOne(0);
    const second = await claimOne();
    expect(second).toMatchObject({ id: first.id, attempts: 2, fence: first.fence + 1 });
    expect(await completions.completeAction(first, { ...SUCCESS, status: 'error' })).toBe(false);
    expect(await queue.renew([first], 1000)).toEqual(new Set());
    expect(await queue.acknowledgeCancel(first)).toEqual({ wasCancelled: false, madeDue: false });
    expect(await completions.completeAction(second, SUCCESS)).toBe(true);
    expect(await completions.completeAction(second, { ...SUCCESS, status: 'error' })).toBe(false);
    expect(await instances.state(TENANT, id)).toMatchObject({ status: 'running', version: 2 });
  });

  it('begins only one operation per version of an instance', async () => {
    const { id } = await created();
    await completions.completeAction(await claimOne(), SUCCESS);
    const begin = () =>
      lifecycle.beginAction(
        TENANT,
        { id, version: 2 },
        { operation: anOperation('stop'), via: null, isDryRun: false },
      );
    const begun = await Promise.all([begin(), begin(), begin(), begin()]);
    expect(begun.filter((document) => document !== undefined)).toHaveLength(1);
    expect(await run('SELECT 1 FROM resource_operations WHERE type = $1', ['stop'])).toHaveLength(1);
  });

  it("never begins an operation on another tenant's instance", async () => {
    const { id } = await created();
    const begin = { operation: anOperation('stop'), via: null, isDryRun: false };
    expect(await lifecycle.beginAction('tenant-b', { id, version: 1 }, begin)).toBeUndefined();
    expect(await lifecycle.beginDelete('tenant-b', { id, version: 1 }, aDeletion())).toBeUndefined();
  });

  it('holds a deletion until the worker has released the cancelled operation', async () => {
    const { id } = await created();
    const held = await claimOne();
    const superseded = await lifecycle.beginDelete(TENANT, { id, version: 1 }, aDeletion());
    expect(superseded?.cancelledIds).toEqual([held.id]);
    expect(await claim(queue)).toEqual([]);
    expect(await completions.completeAction(held, SUCCESS)).toBe(false);
    expect(await queue.acknowledgeCancel(held)).toEqual({ wasCancelled: true, madeDue: true });
    expect(await queue.acknowledgeCancel(held)).toEqual({ wasCancelled: false, madeDue: false });
    const deletion = await claimOne();
    expect(deletion.type).toBe('delete');
    expect(await completions.completeDelete(deletion, GONE)).toBe(true);
    expect(await instances.state(TENANT, id)).toBeUndefined();
  });

  it('holds a deletion that retains the instance in the same way', async () => {
    const { id } = await created();
    const held = await claimOne();
    const retain = { ...aDeletion(), type: 'retain', retainSeconds: 60 } as const;
    expect(await lifecycle.beginDelete(TENANT, { id, version: 1 }, retain)).toBeDefined();
    expect(await claim(queue)).toEqual([]);
    expect(await queue.acknowledgeCancel(held)).toEqual({ wasCancelled: true, madeDue: true });
    expect(await claimOne()).toMatchObject({ type: 'retain', args: { retainSeconds: 60 } });
  });

  it('starts a deletion at once if no worker holds the cancelled operation', async () => {
    const { id } = await created();
    await lifecycle.beginDelete(TENANT, { id, version: 1 }, aDeletion());
    expect((await claimOne()).type).toBe('delete');
  });

  it('starts a deletion when the lease of a dead worker expires', async () => {
    const { id } = await created();
    await claimOne(0);
    await lifecycle.beginDelete(TENANT, { id, version: 1 }, aDeletion());
    expect((await claimOne()).type).toBe('delete');
  });

  it('releases an operation without counting the attempt', async () => {
    await created();
    await queue.release(await claimOne());
    expect(await claimOne()).toMatchObject({ attempts: 1, fence: 2 });
  });

  it('postpones an operation until its delay ends, with the reason on the instance', async () => {
    const { id } = await created();
    const failure = { code: 'engine_failed', message: 'no' };
    const operation = await claimOne();
    const postponement = { failure, reason: 'again later', delayMs: 60_000, spentMs: 61_000 };
    expect(await completions.postpone(operation, postponement)).toBe(true);
    expect(await claim(queue)).toEqual([]);
    expect(JSON.stringify(await instances.find(TENANT, id))).toContain('again later');
  });

  it('keeps the history of an instance, one row per version, even after it is deleted', async () => {
    const { id } = await created();
    await completions.completeAction(await claimOne(), SUCCESS);
    await lifecycle.beginDelete(TENANT, { id, version: 2 }, aDeletion());
    await completions.completeDelete(await claimOne(), GONE);
    const text = `SELECT version, type, from_status AS "from", to_status AS "to", request_id AS "requestId", actor
      FROM resource_events WHERE resource_id = $1 ORDER BY version`;
    const by = { requestId: 'request-1', actor: 'tenant:tenant-a' };
    expect(await run(text, [id])).toEqual([
      { version: 1, type: 'create.requested', from: null, to: 'creating', ...by },
      { version: 2, type: 'create.succeeded', from: 'creating', to: 'running', ...by },
      { version: 3, type: 'delete.requested', from: 'running', to: 'running', ...by },
      { version: 4, type: 'delete.succeeded', from: 'running', to: null, ...by },
    ]);
  });

  it('sweeps operations and events past their retention, except open operations', async () => {
    await created();
    await created();
    await completions.completeAction(await claimOne(), SUCCESS);
    const events = new EventRecords(database);
    expect(await queue.sweep(Date.now() - 60_000)).toBe(0);
    expect(await events.sweep(Date.now() - 60_000)).toBe(0);
    const before = (await run('SELECT 1 FROM resource_events')).length;
    expect(await queue.sweep(Date.now() + 60_000)).toBe(1);
    expect(await events.sweep(Date.now() + 60_000)).toBe(before);
    expect(await run('SELECT status FROM resource_operations')).toEqual([{ status: 'pending' }]);
  });
});
