import type { DriverHandle, DriverResult, GuestAddress, PublishedPort } from '../../../drivers';

/** The column `instances.handle`: the driver's handle and, beside it, the published ports, the addresses and the run. */
export interface StoredHandle extends DriverHandle {
  readonly ports?: readonly PublishedPort[];
  readonly addresses?: readonly GuestAddress[];
  /** The run of the guest, if the engine reports it. */
  readonly run?: string;
}

export function storedHandleOf({
  handle: { v, data },
  ports = [],
  addresses = [],
  run,
}: DriverResult): StoredHandle {
  return {
    ...{ v, data },
    ...(ports.length > 0 && { ports }),
    ...(addresses.length > 0 && { addresses }),
    ...(run !== undefined && { run }),
  };
}
