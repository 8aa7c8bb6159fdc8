import type { Caller } from '../../src/access/tenancy';
import { CreationRepository } from '../../src/compute/instances/create/creation.repository';
import { OwnImagesRepository } from '../../src/compute/images/own-images.repository';
import { RebuildRepository } from '../../src/compute/instances/rebuild/rebuild.repository';
import { PublishingRepository } from '../../src/compute/instances/snapshots/publishing/publishing.repository';
import { SnapshotRetentionRepository } from '../../src/compute/instances/snapshots/schedules/snapshot-retention.repository';
import { SchedulesRepository } from '../../src/compute/instances/snapshots/schedules/schedules.repository';
import { RestoresRepository } from '../../src/compute/instances/snapshots/store/restores.repository';
import { SnapshotDeletionsRepository } from '../../src/compute/instances/snapshots/store/snapshot-deletions.repository';
import { SnapshotsRepository } from '../../src/compute/instances/snapshots/store/snapshots.repository';
import { TakingRepository } from '../../src/compute/instances/snapshots/store/taking.repository';
import type { ClaimedOperation } from '../../src/compute/operations';
import { newId } from '../../src/platform/values/uuid';
import { aCreateOperation, aKey, aNewInstance } from '../support/builders';
import { callsOf, type StatementCalls } from './statement-calls';

const FAILURE = { code: 'engine_unavailable', message: 'the engine is unavailable' };

interface Parts {
  readonly caller: Caller;
  /** An operation on the instance. */
  readonly held: ClaimedOperation;
}

/** Calls of the repositories of snapshots. */
export function snapshotCalls({ caller, held }: Parts): readonly StatementCalls[] {
  const { tenantId, resourceId: instanceId } = held;
  const id = newId();
  const ref = { id: instanceId, version: 0 };
  const snapshot = {
    ...{ id, name: 'one', metadata: {}, includeMemory: true, quiesce: false },
    expiresAt: '2099-01-01T00:00:00Z',
  };
  const schedule = { cron: '0 2 * * *', timeZone: 'Europe/Berlin', keep: { last: 1, daily: 2, weekly: 3 } };
  const due = { tenantId, instanceId, ...schedule, dueAt: new Date() };
  const scheduled = {
    ...{ ...snapshot, id: newId(), includeMemory: false, expiresAt: null },
    ...{ scheduledFor: due.dueAt.toISOString(), nextDueAt: '2099-01-01T00:00:00.000Z' },
  };
  const change = { caller, precondition: { accepted: [1], excluded: [2] }, key: null };
  const deletion = { ...held, id: newId(), resourceId: id };
  const postponement = { failure: FAILURE, delayMs: 1, spentMs: 1, reason: 'waiting' };
  const creation = () => {
    const source = { snapshotId: id, resume: true };
    return { tenantId, instance: aNewInstance({ source }), operation: aCreateOperation() };
  };
  const restore = { snapshotId: id, resume: true, isOn: true };
  const handle = { v: 1, data: {} };
  const image = { id: 'golden', name: 'Golden', description: '', snapshotId: id };
  return [
    callsOf(TakingRepository, (repository) => [
      repository.subject(tenantId, instanceId),
      repository.begin(tenantId, ref, { snapshot, operation: aCreateOperation(), isDryRun: false }),
      repository.begin(tenantId, ref, {
        snapshot: scheduled,
        operation: aCreateOperation(),
        isDryRun: false,
      }),
      repository.wanted(tenantId, id),
      repository.complete(held, id, { handle, sizeBytes: 1 }),
      repository.fail(held, id, FAILURE),
      repository.postpone(held, id, postponement),
      repository.giveUp(held, id),
    ]),
    callsOf(SnapshotsRepository, (repository) => [
      repository.find(tenantId, id),
      repository.source(tenantId, id),
      repository.state(tenantId, id),
      repository.list(null, { limit: 10 }, tenantId),
      repository.list(
        tenantId,
        { instanceId, status: 'available', name: 'one', before: newId(), limit: 10 },
        tenantId,
      ),
      repository.patch(id, {
        ...{ name: 'two', clearsMetadata: true, setMetadata: { a: '1' }, removeMetadata: ['b'] },
        ...{ expiresAt: null, ...change, key: aKey() },
      }),
    ]),
    callsOf(RestoresRepository, (repository) => [
      repository.size(tenantId, instanceId),
      repository.begin(tenantId, ref, { args: restore, operation: aCreateOperation(), isDryRun: false }),
      repository.note(held, { step: 'stopped', handle, imageId: 'debian-12' }),
      repository.complete(held, handle, 'running'),
    ]),
    callsOf(SnapshotDeletionsRepository, (repository) => [
      repository.begin(tenantId, { id, version: 1, uses: 0 }, aCreateOperation(), false),
      repository.beginDue(10),
      repository.target(tenantId, id),
      repository.complete(deletion),
      repository.fail(deletion, FAILURE),
      repository.postpone(deletion, postponement),
    ]),
    callsOf(RebuildRepository, (repository) => [
      repository.beginFrom(tenantId, ref, id, { operation: aCreateOperation(), via: null, isDryRun: false }),
    ]),
    callsOf(PublishingRepository, (repository) => [
      repository.publish(tenantId, { image, limit: 10, body: '{}', keyRecord: null }),
      repository.state(tenantId, image),
    ]),
    callsOf(OwnImagesRepository, (repository) => [
      repository.find(tenantId, image.id),
      repository.list(tenantId, { after: null, limit: 10 }),
      repository.remove(tenantId, newId()),
    ]),
    callsOf(SchedulesRepository, (repository) => [
      repository.find(tenantId, instanceId),
      repository.set(instanceId, { ...change, schedule, nextAt: due.dueAt }),
      repository.remove(instanceId, change),
      repository.claimDue(10),
      repository.isDue(due),
      repository.postpone(due, due.dueAt, 'the quota is used up'),
    ]),
    callsOf(SnapshotRetentionRepository, (repository) => [
      repository.due(10),
      repository.subject(due),
      repository.apply(due, [id], [newId()]),
    ]),
    callsOf(CreationRepository, (repository) => [
      repository.create(creation()),
      repository.createList([creation(), creation()], aKey()),
    ]),
  ];
}
