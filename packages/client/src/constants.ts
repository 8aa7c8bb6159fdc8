// Generated from the actions of the service by `npm run generate`; do not edit.

/** Every status of an instance. */
export const INSTANCE_STATUSES = ['creating', 'running', 'paused', 'stopped', 'restarting', 'error'] as const;

/** The actions on an instance that have a method of the same name, with the status that each results in. */
export const INSTANCE_ACTIONS = [
  { name: 'start', becomes: 'running' },
  { name: 'stop', becomes: 'stopped' },
  { name: 'restart', becomes: 'running' },
  { name: 'pause', becomes: 'paused' },
  { name: 'resume', becomes: 'running' },
] as const;

export type InstanceAction = (typeof INSTANCE_ACTIONS)[number]['name'];
