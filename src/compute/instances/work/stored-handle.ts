import type { DriverHandle, DriverResult, GuestAddress, PublishedPort } from '../../../drivers';

/** The column `instances.handle`: the driver's handle and, beside it, the published ports, the addresses and the run. */
export interface StoredHandle extends DriverHandle {
  readonly ports?: readonly PublishedPort[];
  readonly addresses?: readonly GuestAddress[];
  /** The run of the guest, if the engine reports it. */
  readonly run?: string;
}

/** Whether a new handle has another run of the guest than that of `i`: it was started meanwhile, perhaps at the engine. */
export function isNewRun(handle: string): string {
  return `${handle} ->> 'run' <> i.handle ->> 'run'`;
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
