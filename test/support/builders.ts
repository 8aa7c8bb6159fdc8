import type { IdempotencyKey } from '../../src/access/idempotency';
import type { NewOperation } from '../../src/compute/instances/actions/change-request';
import { newId } from '../../src/platform/values/uuid';
import { NO_GUEST, type DriverCall, type InstanceSpec } from '../../src/drivers';
import { plainDefaults } from '../../src/compute/instances/fields';
import type { NewInstance } from '../../src/compute/instances/create/creation.repository';

const LONGEST_CALL_MS = 60_000;

/** An instance as drivers receive it; tests set only the values that matter to them. */
export function anInstanceSpec(parts: Partial<InstanceSpec> = {}): InstanceSpec {
  return {
    id: newId(),
    tenantId: 'tenant-a',
    name: 'web',
    type: 'vm',
    flavor: { name: 'small', vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0 },
    imageId: 'ubuntu-22.04',
    image: null,
    guest: NO_GUEST,
    networkIds: [],
    volumeIds: [],
    metadata: {},
    ...parts,
  };
}

/** An instance as the database receives it. */
export function aNewInstance(parts: Partial<NewInstance> = {}): NewInstance {
  return {
    id: newId(),
    name: 'web',
    type: 'vm',
    flavor: 'small',
    imageId: '',
    networkIds: [],
    volumeIds: [],
    attachments: [],
    metadata: {},
    guest: {},
    host: { id: 'simulated', backendId: 'simulated' },
    ...plainDefaults(),
    ...parts,
  };
}

/** A driver call for an instance, by default for its creation. */
export function callFor(instance: InstanceSpec, parts: Partial<DriverCall> = {}): DriverCall {
  return {
    instance,
    handle: null,
    purpose: 'create',
    imageCheck: null,
    progress: () => undefined,
    signal: AbortSignal.timeout(LONGEST_CALL_MS),
    ...parts,
  };
}

export const aKey = (): IdempotencyKey => ({
  key: newId(),
  requestHash: 'hash',
  formerRequestHash: 'former hash',
  attempt: newId(),
  headOf: () => ({ status: 202, headers: {} }),
});
export const aCreateOperation = (): NewOperation => ({
  id: newId(),
  type: 'create',
  requestId: newId(),
  traceparent: null,
  actor: 'operator',
  key: aKey(),
});
