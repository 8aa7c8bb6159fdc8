import { channel } from 'node:diagnostics_channel';

/** Failpoints: places where tests kill the process to check crash safety; first of a creation, then of a deletion. */
export const STEP_NAMES = [
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
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** A failpoint being passed. */
interface Step {
  readonly name: StepName;
  readonly instanceId: string;
}

/** Name of the diagnostics channel on which every passed failpoint is published. */
const STEPS = 'uim-iaas-compute.steps';

const steps = channel(STEPS);

/** Publishes that a failpoint was passed; costs nothing without subscribers. */
export function passed(name: StepName, instanceId: string): void {
  if (!steps.hasSubscribers) return;
  const step: Step = { name, instanceId };
  steps.publish(step);
}
