import { UNBOUNDED } from '../port/resources';
import type { Capacity } from '../port/abilities';

const MAX = 1_000_000_000;
const ITEM = /^(?<model>[\w.-]{1,63}):(?<count>[1-9]\d{0,8})$/;

/**
 * Parses the GPUs of a host: a number, or numbers by model such as `nvidia-l40s:4,nvidia-a2:2`.
 * @throws {TypeError} `must …`
 */
export function parseGpus(input: string): Pick<Capacity, 'gpus' | 'gpuModels'> {
  if (/^(\d+|-1)$/.test(input) && Number(input) <= MAX) return { gpus: Number(input) };
  const items = input.split(',').map((item) => ITEM.exec(item)?.groups);
  const gpuModels = new Map<string, number>();
  for (const item of items) {
    const { model, count } = item ?? {};
    if (model === undefined || count === undefined)
      throw new TypeError(
        `must be ${UNBOUNDED} to ${MAX}, or numbers by model such as nvidia-l40s:4,nvidia-a2:2`,
      );
    if (gpuModels.has(model)) throw new TypeError('must name each model of GPU once');
    gpuModels.set(model, Number(count));
  }
  const gpus = [...gpuModels.values()].reduce((sum, count) => sum + count, 0);
  return { gpus, gpuModels: Object.fromEntries(gpuModels) };
}
