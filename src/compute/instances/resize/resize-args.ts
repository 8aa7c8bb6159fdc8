import type { InstanceSpec } from '../../../drivers';
import { RESOURCES } from '../../../drivers/port/resources';
import { isRecord } from '../../../platform/values/records';
import type { ClaimedOperation } from '../../operations';

export type Size = InstanceSpec['flavor'];

/** The arguments of a resize: the new size, as the flavor had it when the operation was requested. */
export interface ResizeArgs {
  readonly flavor: Size;
  /** Whether a running instance may be stopped for it. */
  readonly allowRestart: boolean;
  /** Whether the instance was running. */
  readonly isOn: boolean;
}

/** The same as SQL; the parameters are expressions, `f` is the row of the flavor. */
export const resizeArgs = (allowRestart: string, isOn: string): string => `jsonb_build_object(
  'flavor', jsonb_build_object(
    'name', f.name, 'vcpus', f.vcpus, 'ramGB', f.ram_gb, 'diskGB', f.disk_gb, 'gpus', f.gpus
  ), 'allowRestart', ${allowRestart}, 'isOn', ${isOn})`;

/** @throws if the operation has no such arguments. */
export function resizeArgsOf({ id, args }: Pick<ClaimedOperation, 'id' | 'args'>): ResizeArgs {
  const { flavor, allowRestart, isOn } = args;
  if (isSize(flavor)) return { flavor, allowRestart: allowRestart === true, isOn: isOn === true };
  throw new Error(`operation ${id} has no size`);
}

function isSize(value: unknown): value is Size {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    RESOURCES.every((name) => typeof value[name] === 'number')
  );
}
