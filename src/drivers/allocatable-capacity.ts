import { UNBOUNDED } from './port/resources';
import type { Capacity } from './port/abilities';

const GIB = 1024 ** 3;

/** Total resources of a host. */
export interface HostResources {
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Undefined if the disk cannot be inspected. */
  readonly disk: { readonly blocks: number; readonly bsize: number } | undefined;
}

/** Allocation ratios, above 0. */
export interface AllocationRatios {
  readonly cpu: number;
  readonly ram: number;
  readonly disk: number;
}

/** Allocatable capacity: the host's resources times the allocation ratios, without GPUs. */
export function allocatableCapacity(
  { cpus, memoryBytes, disk }: HostResources,
  ratios: AllocationRatios,
): Capacity {
  return {
    vcpus: Math.floor(cpus * ratios.cpu),
    ramGB: Math.floor((memoryBytes / GIB) * ratios.ram),
    diskGB: disk ? Math.floor(((disk.blocks * disk.bsize) / GIB) * ratios.disk) : UNBOUNDED,
    gpus: 0,
  };
}
