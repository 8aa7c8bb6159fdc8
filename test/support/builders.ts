import { newId } from '../../src/common/uuid';
import { NO_GUEST, type InstanceSpec } from '../../src/drivers';

/** An instance as drivers get it, of which only what matters to a test is said. */
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
