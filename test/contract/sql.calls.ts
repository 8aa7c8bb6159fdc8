import type { Caller } from '../../src/access/tenancy';
import { AuditRepository } from '../../src/compute/events/audit/audit.repository';
import { EventRecords } from '../../src/compute/events/event-records.repository';
import { EventsRepository } from '../../src/compute/events/events.repository';
import { HostsRepository } from '../../src/compute/hosts/hosts.repository';
import { FlavorsRepository } from '../../src/compute/flavors/flavors.repository';
import { ActionsRepository } from '../../src/compute/instances/actions/actions.repository';
import { RebuildRepository } from '../../src/compute/instances/rebuild/rebuild.repository';
import { ReadinessRepository } from '../../src/compute/instances/readiness/readiness.repository';
import { RetentionRepository } from '../../src/compute/instances/retention/retention.repository';
import { ResizeRepository } from '../../src/compute/instances/resize/resize.repository';
import { CompletionRepository } from '../../src/compute/instances/work/completion.repository';
import {
  given,
  type Attachment,
  type NewAttachment,
} from '../../src/compute/instances/attachments/attachment';
import { AttachmentRecords } from '../../src/compute/instances/attachments/attachment-records.repository';
import { AttachmentsRepository } from '../../src/compute/instances/attachments/attachments.repository';
import { CreationRepository } from '../../src/compute/instances/create/creation.repository';
import { AllInstancesRepository } from '../../src/compute/instances/store/all-instances.repository';
import {
  PLAIN_FIELDS,
  plainDefaults,
  toPlainColumns,
  type PlainFilter,
} from '../../src/compute/instances/fields';
import type { InstanceFilter } from '../../src/compute/instances/store/instance-pages';
import { InstancesRepository } from '../../src/compute/instances/store/instances.repository';
import { HostPortsRepository } from '../../src/compute/instances/ports/host-ports.repository';
import { QueryTargetsRepository } from '../../src/compute/instances/store/query-targets.repository';
import { SessionsRepository } from '../../src/compute/instances/sessions/sessions.repository';
import { InstanceWatchRepository } from '../../src/compute/instances/waits/instance-watch.repository';
import { OperationsQueue, type ClaimedOperation } from '../../src/compute/operations';
import {
  OperationsRepository,
  type OperationFilter,
} from '../../src/compute/operations/store/operations.repository';
import { CapacityRepository } from '../../src/compute/quotas/capacity/capacity.repository';
import { QuotasRepository } from '../../src/compute/quotas/quotas.repository';
import { TenantsRepository } from '../../src/compute/quotas/tenants.repository';
import { newId } from '../../src/platform/values/uuid';
import { aCreateOperation, aKey, aNewInstance } from '../support/builders';
import { OTHER_CALLS } from './sql.calls.others';
import { reconcilerCalls } from './sql.calls.reconciler';
import { snapshotCalls } from './sql.calls.snapshots';
import { WEBHOOK_CALLS } from './sql.calls.webhooks';
import { WARM_POOL_CALLS } from './sql.calls.warm-pools';
import { callsOf, type StatementCalls } from './statement-calls';

const TENANT = 'tenant-a';
const DRIVER = 'simulated';
const MINUTE_MS = 60_000;
const AMOUNTS = { vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0 };
const FAILURE = { code: 'engine_unavailable', message: 'the engine is unavailable' };

/** Too long for a list that does not add up sizes. */
const instance = aNewInstance({ metadata: { env: 'prod', note: 'x'.repeat(5000) } });
const creation = () => ({ tenantId: TENANT, instance: aNewInstance(), operation: aCreateOperation() });

const held: ClaimedOperation = {
  id: newId(),
  tenantId: TENANT,
  resourceType: 'instance',
  resourceId: instance.id,
  type: 'create',
  args: {},
  isBackground: true,
  hostId: DRIVER,
  attempts: 1,
  fence: 1,
  requestId: newId(),
  traceparent: null,
  remainingMs: MINUTE_MS,
};
/** Not the current version, so that nothing changes. */
const ref = { id: instance.id, version: 0 };
const run = { id: instance.id, tenantId: TENANT, run: '2026-01-01T00:00:00Z' };
const postponement = { failure: FAILURE, delayMs: 1, spentMs: 1 };
const planned: NewAttachment = { ...given('volume', 'vol-1'), state: 'planned', isUnchecked: false };
const attachment: Attachment = {
  id: planned.id,
  tenantId: TENANT,
  instanceId: instance.id,
  kind: 'volume',
  resourceId: 'vol-1',
  spec: null,
  deleteOnTermination: false,
  state: 'planned',
  isDoubtful: false,
};

const unfiltered: InstanceFilter = { limit: 10 };
const plainFilters = PLAIN_FIELDS.flatMap(({ name, filter }): [string, string][] =>
  filter === null ? [] : [[name, 'true']],
);
/** All members, with values that match the instance. */
const filtered: Required<Omit<Omit<InstanceFilter, keyof PlainFilter>, 'deleted'>> = {
  status: 'creating',
  type: instance.type,
  flavor: instance.flavor,
  name: instance.name,
  id: instance.id.slice(0, 8),
  metadata: { env: 'prod' },
  before: 'ffffffff-ffff-7fff-bfff-ffffffffffff',
  limit: 10,
  ...Object.fromEntries(plainFilters),
};

const filteredOperations: Required<OperationFilter> = {
  ...{ status: 'pending', resourceId: instance.id, before: newId(), limit: 10 },
};

const caller: Caller = {
  tenantId: TENANT,
  actor: 'operator',
  isOperator: true,
  requestId: newId(),
  traceparent: null,
};
const sessionRef = { sessionId: newId(), instanceId: instance.id, ticket: 'secret' };

/** In this order: the lists read the instance that `CreationRepository` creates. */
export const CALLS: readonly StatementCalls[] = [
  callsOf(CreationRepository, (repository) => [
    repository.create({ tenantId: TENANT, instance, operation: aCreateOperation() }),
    repository.createList([creation(), creation()], aKey()),
    repository.dryRun([creation()]),
  ]),
  ...WARM_POOL_CALLS,
  callsOf(InstancesRepository, (repository) => [
    repository.list(TENANT, unfiltered),
    repository.list(TENANT, filtered),
    repository.list(TENANT, { ...filtered, deleted: 'true' }),
    repository.find(TENANT, instance.id),
    repository.state(TENANT, instance.id),
    repository.countByStatus(),
    repository.patch(newId(), {
      plainColumns: toPlainColumns(plainDefaults()),
      clearsMetadata: false,
      setMetadata: {},
      removeMetadata: [],
      precondition: { accepted: [1], excluded: [2] },
      caller,
      key: aKey(),
    }),
  ]),
  callsOf(AllInstancesRepository, (repository) => [
    repository.list(TENANT, unfiltered),
    repository.list(TENANT, filtered),
  ]),
  callsOf(HostPortsRepository, (repository) => [
    repository.firstTaken(TENANT, DRIVER, [{ port: 80, protocol: 'tcp', hostPort: 30_080 }]),
  ]),
  callsOf(QueryTargetsRepository, (repository) => [repository.find(TENANT, instance.id)]),
  callsOf(SessionsRepository, (repository) => [
    repository.create(caller, { ...sessionRef, id: sessionRef.sessionId, kind: 'exec', command: null }, 1),
    repository.hostOf({ ...sessionRef, tenantId: TENANT }),
    repository.redeem({ ...sessionRef, tenantId: TENANT }),
    repository.end(sessionRef.sessionId, { exitCode: 0, reason: 'done' }),
    repository.renew([sessionRef.sessionId]),
    repository.lost({ isAlone: true }),
    repository.sweep(Date.now()),
  ]),
  callsOf(InstanceWatchRepository, (repository) => [
    repository.look(instance.id),
    repository.formerTenantOf(instance.id),
    repository.changedAmong(new Map([[instance.id, 1]])),
  ]),
  callsOf(ActionsRepository, (repository) => [
    repository.beginAction(TENANT, ref, { operation: aCreateOperation(), via: 'restarting', isDryRun: true }),
    repository.beginDelete(TENANT, ref, { ...aCreateOperation(), type: 'delete', isForced: true }),
  ]),
  callsOf(RebuildRepository, (repository) => [
    repository.current(TENANT, instance.id),
    repository.noteRemoval(held, { imageId: 'debian-12', userData: null, isOn: true }),
    repository.complete(held, { isOn: true }, { v: 1, data: {} }),
  ]),
  callsOf(RetentionRepository, (repository) => [
    repository.complete(held, { handle: { v: 1, data: {} }, metric: 'instance_stopped' }),
    repository.due(),
  ]),
  callsOf(ResizeRepository, (repository) => [
    repository.current(TENANT, instance.id),
    repository.begin(TENANT, ref, {
      operation: { ...aCreateOperation(), type: 'resize' },
      flavor: 'medium',
      allowRestart: true,
      isDryRun: false,
    }),
    repository.complete(held, {
      size: { name: 'medium', ...AMOUNTS },
      handle: { v: 1, data: {} },
      isRestarted: true,
    }),
  ]),
  callsOf(ReadinessRepository, (repository) => [
    repository.claim([DRIVER], 1),
    repository.putBack(run, 1000),
    repository.becomeReady(run),
    repository.giveUp(run, 'not ready after 1 s'),
  ]),
  callsOf(CompletionRepository, (repository) => [
    repository.target(held),
    repository.completeAction(held, { status: 'running', handle: null, metric: 'instance_created' }),
    repository.failAction(held, { status: 'error', reason: 'failed', failure: FAILURE, metric: null }),
    repository.completeDelete(held, { metric: 'instance_deleted', needsCleanup: true }),
    repository.postpone(held, { ...postponement, reason: 'waiting' }),
  ]),
  callsOf(AttachmentsRepository, (repository) => [
    repository.count(TENANT, instance.id, 'volume'),
    repository.find(TENANT, instance.id, { kind: 'volume', resourceId: 'vol-1' }),
    repository.beginAttach(TENANT, ref, planned, aCreateOperation()),
    repository.beginDetach(TENANT, ref, attachment.id, aCreateOperation()),
    repository.hurryCleanup(TENANT, instance.id),
  ]),
  callsOf(AttachmentRecords, (records) => [
    records.of(instance.id),
    records.markInDoubt(held, attachment, MINUTE_MS),
    records.limitDoubt(attachment, MINUTE_MS),
    records.clearInDoubt(attachment),
    records.made(held, attachment, 'vol-1'),
    records.attached(held, attachment),
    records.released(held, attachment),
  ]),
  callsOf(OperationsRepository, (repository) => [
    repository.list(TENANT, { limit: 10 }),
    repository.list(TENANT, filteredOperations),
    repository.find(TENANT, held.id),
    repository.countPending(TENANT, 10),
  ]),
  callsOf(OperationsQueue, (queue) => [
    queue.claim({
      owner: 'test',
      leaseMs: MINUTE_MS,
      timeoutMs: MINUTE_MS,
      pools: [{ hostId: DRIVER, room: 1, groupRoom: 1, after: '' }],
      capped: [{ hostId: DRIVER, tenantId: TENANT, isBackground: true, room: 1 }],
    }),
    queue.requeueExpired(),
    queue.repairDueTimes(MINUTE_MS),
    queue.renew([held], MINUTE_MS),
    queue.report([{ ...held, text: 'pulling' }]),
    queue.note(held, { run: '4711' }),
    queue.release(held),
    queue.end(held, 'succeeded'),
    queue.requeue(held, postponement),
    queue.acknowledgeCancel(held),
    queue.endAllLeases(),
    queue.finishedAmong([held.id]),
    queue.statistics(),
    queue.sweep(0),
  ]),
  callsOf(EventsRepository, (repository) => [
    repository.history(TENANT, instance.id, { after: 0, limit: 10 }),
    repository.ownership(TENANT, instance.id),
    repository.now(),
    repository.behind(TENANT, { since: { xmin: 3n, xmax: 3n, inProgress: [] } }, 10),
  ]),
  callsOf(AuditRepository, (repository) => [
    repository.search({}, undefined, 10),
    repository.search({ instanceId: instance.id, actor: 'operator' }, { at: '1', seq: '1' }, 10),
  ]),
  callsOf(EventRecords, (records) => [records.sweep(0), records.takeIn()]),
  callsOf(FlavorsRepository, (repository) => [
    repository.create({ name: 'custom', ...AMOUNTS, gpuModel: null, description: '' }),
    repository.list(),
    repository.find('custom'),
    repository.describe('custom', 'for tests'),
    repository.remove('custom'),
  ]),
  callsOf(QuotasRepository, (repository) => [
    repository.account(TENANT),
    repository.setLimits(TENANT, { instances: 10, gpus: null }),
    repository.countByFlavor(TENANT),
  ]),
  callsOf(HostsRepository, (repository) => [
    repository.contactLost('simulated', 0),
    repository.contactLostFor('simulated', { beforeMsAgo: 0, bootId: 'one' }),
    repository.recordContact('simulated', 'one', 0),
    repository.contactRegained('simulated', 0),
    repository.addMachine('machines', 'one'),
    repository.addShared('shared'),
    repository.advertise('shared', `http://${newId()}`),
  ]),
  callsOf(TenantsRepository, (repository) => [repository.list('', 10)]),
  callsOf(CapacityRepository, (repository) => [
    repository.totals(),
    repository.countByFlavor(),
    repository.upsert(DRIVER, AMOUNTS),
    repository.hosts(),
    repository.hasAbandoned(),
    repository.releaseAbandoned(),
    repository.remove('other'),
  ]),
  ...snapshotCalls({ caller, held }),
  ...reconcilerCalls({ ...ref, tenantId: TENANT, hostId: DRIVER }),
  ...WEBHOOK_CALLS,
  ...OTHER_CALLS,
];
