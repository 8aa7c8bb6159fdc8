import { outcomeOf, ROUTED_ACTIONS } from '../src/compute/instances/actions/actions';
import { INSTANCE_STATUSES } from '../src/compute/instances/instance';

/** `packages/client/src/constants.ts`: values that the client has only as types in its schema. */
export function clientConstants(): string {
  const actions = ROUTED_ACTIONS.map((name) => ({ name, becomes: outcomeOf(name) }));
  return `// Generated from the actions of the service by \`npm run generate\`; do not edit.

/** Every status of an instance. */
export const INSTANCE_STATUSES = ${JSON.stringify(INSTANCE_STATUSES)} as const;

/** The actions on an instance that have a method of the same name, with the status that each results in. */
export const INSTANCE_ACTIONS = ${JSON.stringify(actions)} as const;

export type InstanceAction = (typeof INSTANCE_ACTIONS)[number]['name'];
`;
}
