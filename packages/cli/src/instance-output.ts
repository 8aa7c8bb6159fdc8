import type { Activity, Instance, InstanceDetails } from 'uim-compute-client';
import { addressesOf, defaultColumns, metadataOf, portsOf } from './instance-columns';
import { printFields } from './output/result';
import { time } from './output/time';
import { readinessOf } from './readiness';
import { restartPolicyOf } from './restart-policy';
import type { Session } from './session';

/** Prints instances; the JSON of one is the instance itself. */
export async function printInstances(
  session: Session,
  instances: readonly Instance[],
  document?: unknown,
): Promise<void> {
  const [first] = instances;
  await session.print({
    document: document ?? (instances.length === 1 ? first : { instances }),
    rows: instances,
    columns: defaultColumns(instances),
    wide: defaultColumns(instances, { isWide: true }),
    name: ({ name }) => name,
  });
}

/** Prints every member of one instance. */
export async function printDetails({ terminal, format }: Session, instance: InstanceDetails): Promise<void> {
  const { createdAt, updatedAt, metadata, networkIds, volumeIds, ports, addresses, ...others } = instance;
  const { abilities, activity, restartPolicy, readiness, ready, readyAt, deletedAt, purgeAt, ...plain } =
    others;
  await printFields(terminal, format, {
    document: instance,
    name: instance.name,
    fields: [
      ...Object.entries(plain).map(([name, value]) => [name, value === null ? '' : String(value)] as const),
      ...(activity ? [['activity', activityOf(activity)] as const] : []),
      ['restartPolicy', restartPolicyOf(restartPolicy)],
      ['readiness', readinessOf({ ...instance, readiness, ready })],
      ['readyAt', readyAt === null ? '' : time(readyAt)],
      ['networkIds', networkIds.join(', ')],
      ['volumeIds', volumeIds.join(', ')],
      ['ports', portsOf({ ...instance, ports })],
      ['addresses', addressesOf({ ...instance, addresses })],
      ['abilities', abilities.join(', ')],
      ['metadata', metadataOf({ ...instance, metadata })],
      ['createdAt', time(createdAt)],
      ['updatedAt', time(updatedAt)],
      ...(deletedAt === undefined ? [] : [['deletedAt', time(deletedAt)] as const]),
      ...(purgeAt === undefined ? [] : [['purgeAt', time(purgeAt)] as const]),
    ],
  });
}

function activityOf({ type, status, progress, since }: Activity): string {
  const detail = progress === null ? '' : `: ${progress}`;
  return `${type}, ${status} since ${time(since)}${detail}`;
}
