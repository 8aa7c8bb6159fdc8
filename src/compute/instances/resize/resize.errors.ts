import { AppError } from '../../../platform/errors/app.error';
import type { Flavor } from '../../flavors';
import { defineErrors } from '../../../platform/errors/define-errors';

export const RESIZE_ERRORS = defineErrors({
  restart_required: {
    status: 409,
    example: 'The instance must be restarted for this size',
    retryable: false,
    meaning: 'The running instance cannot get this size without a restart. Nothing was changed.',
    remedy: 'Stop the instance first, or pass `"allowRestart": true`, which stops and starts it.',
  },
  disk_cannot_shrink: {
    status: 400,
    example: 'The disk of the instance has 40 GB, and the flavor small only 20 GB',
    retryable: false,
    meaning: 'The flavor has a smaller disk than the instance. Disks can only grow. Nothing was changed.',
    remedy: 'Choose a flavor with at least the same `diskGB`, or create a new instance.',
  },
  gpus_cannot_change: {
    status: 400,
    example: 'The GPUs of an instance cannot be changed: gpu-large has 1 of the model nvidia-l40s',
    retryable: false,
    meaning: 'The flavor has other GPUs than the instance. Nothing was changed.',
    remedy: 'Choose a flavor with the same `gpus` and `gpuModel`, or create a new instance.',
  },
});

/** The running instance cannot get the size without a restart. */
export class InstanceRestartRequiredError extends AppError {
  constructor(message = 'The instance must be restarted for this size') {
    super(RESIZE_ERRORS.restart_required, { message });
  }
}

/** The new disk would be smaller. */
export class DiskCannotShrinkError extends AppError {
  constructor(diskGB: number, flavor: { readonly name: string; readonly diskGB: number }) {
    const message = `The disk of the instance has ${diskGB} GB, and the flavor ${flavor.name} only ${flavor.diskGB} GB`;
    super(RESIZE_ERRORS.disk_cannot_shrink, { message });
  }
}

/** The flavor has other GPUs. */
export class GpusCannotChangeError extends AppError {
  constructor({ name, gpus, gpuModel }: Pick<Flavor, 'name' | 'gpus' | 'gpuModel'>) {
    const model = gpuModel === null ? '' : ` of the model ${gpuModel}`;
    const message = `The GPUs of an instance cannot be changed: ${name} has ${gpus}${model}`;
    super(RESIZE_ERRORS.gpus_cannot_change, { message });
  }
}
