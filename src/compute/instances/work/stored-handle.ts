import type { DriverHandle, DriverResult, GuestAddress, PublishedPort } from '../../../drivers';

/** The column `instances.handle`: the driver's handle and, beside it, the published ports and addresses. */
export interface StoredHandle extends DriverHandle {
  readonly ports?: readonly PublishedPort[];
  readonly addresses?: readonly GuestAddress[];
}

export function storedHandleOf({
  handle: { v, data },
  ports = [],
  addresses = [],
}: DriverResult): StoredHandle {
  return { v, data, ...(ports.length > 0 && { ports }), ...(addresses.length > 0 && { addresses }) };
}
