import { channel } from 'node:diagnostics_channel';

/**
 * Failpoints: places where tests kill the process to check crash safety; of a creation, a deletion, a resize, a reboot, a
 * rebuild, a deletion that retains the instance, a snapshot, a restore, and what warm pools do.
 */
export const FAILPOINT_NAMES = [
  'network.made',
  'network.id_recorded',
  'network.attachment_recorded',
  'volume.made',
  'volume.id_recorded',
  'volume.attached',
  'volume.attachment_recorded',
  'engine.created',
  'volume.detached',
  'volume.removed',
  'volume.release_recorded',
  'network.removed',
  'network.release_recorded',
  'instance.detached',
  'engine.destroyed',
  'engine.stopped_for_resize',
  'engine.resized',
  'reboot.noted',
  'engine.rebooted',
  'engine.removed_for_rebuild',
  'rebuild.noted',
  'engine.rebuilt',
  'engine.stopped_to_retain',
  'retain.recorded',
  'undelete.begun',
  'engine.started_by_undelete',
  'purge.begun',
  'snapshot.taken',
  'snapshot.abandoned',
  'snapshot.removed',
  'engine.stopped_for_restore',
  'restore.stop_noted',
  'engine.restored',
  'restore.noted',
  'engine.started_for_restore',
  'pool.creation_begun',
  'pool.deletion_begun',
  'pool.handed_over',
] as const;

export type FailpointName = (typeof FAILPOINT_NAMES)[number];

/** A failpoint being passed. */
interface Failpoint {
  readonly name: FailpointName;
  readonly instanceId: string;
}

/** Name of the diagnostics channel on which every passed failpoint is published. */
const FAILPOINTS = 'uim-iaas-compute.failpoints';

const failpoints = channel(FAILPOINTS);

/** Publishes that a failpoint was passed; costs nothing without subscribers. */
export function failpoint(name: FailpointName, instanceId: string): void {
  if (!failpoints.hasSubscribers) return;
  const passed: Failpoint = { name, instanceId };
  failpoints.publish(passed);
}
