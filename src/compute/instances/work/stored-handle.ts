import type { DriverHandle, DriverResult, PublishedPort } from '../../../drivers';

/** The column `instances.handle`: the driver's handle and, beside it, the published ports. */
export interface StoredHandle extends DriverHandle {
  readonly ports?: readonly PublishedPort[];
}

export function storedHandleOf({ handle: { v, data }, ports = [] }: DriverResult): StoredHandle {
  return { v, data, ...(ports.length > 0 && { ports }) };
}
