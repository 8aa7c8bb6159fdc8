import type { Resources } from '../../drivers/port/resources';

/** A size for instances. */
export interface Flavor extends Resources {
  readonly name: string;
  /** Intended use. */
  readonly description: string;
  /** Null without GPUs, or if the model does not matter. */
  readonly gpuModel: string | null;
  /** New instances cannot use it; existing ones keep it. */
  readonly isRetired: boolean;
}

export type NewFlavor = Omit<Flavor, 'isRetired'>;

export const MAX_SIZE: Resources = { vcpus: 512, ramGB: 16_384, diskGB: 65_536, gpus: 16 };
