import { channel } from 'node:diagnostics_channel';

/** The boundaries between steps that a crash must not tear apart, in the order of a creation and of a deletion. */
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

/** A boundary as it is passed. */
export interface Step {
  readonly name: StepName;
  readonly instanceId: string;
}

/** Name of the diagnostics channel on which every passed boundary is published. */
export const STEPS = 'uim-iaas-compute.steps';

const steps = channel(STEPS);

/** Says that a boundary was passed; costs nothing where nobody listens. */
export function passed(name: StepName, instanceId: string): void {
  if (!steps.hasSubscribers) return;
  const step: Step = { name, instanceId };
  steps.publish(step);
}
