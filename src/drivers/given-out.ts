import { UNBOUNDED } from '../common/resources';
import type { Overcommit } from '../config';
import type { Capacity } from './compute-driver.port';

const GIB = 1024 ** 3;

/** What a host has. */
export interface HostResources {
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Undefined where it is not to be seen. */
  readonly disk: { readonly blocks: number; readonly bsize: number } | undefined;
}

/** What may be given out of it: times the ratios, and no graphics processors. */
export function givenOut({ cpus, memoryBytes, disk }: HostResources, ratios: Overcommit): Capacity {
  return {
    vcpus: Math.floor(cpus * ratios.cpu),
    ramGB: Math.floor((memoryBytes / GIB) * ratios.ram),
    diskGB: disk ? Math.floor(((disk.blocks * disk.bsize) / GIB) * ratios.disk) : UNBOUNDED,
    gpus: 0,
  };
}
