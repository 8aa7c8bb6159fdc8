import type { Capacity } from 'uim-compute-client';
import { sumOf } from './metrics';
import { valueOf, type PartName, type Reading } from './reading';

export type Finding =
  /** This replica serves no requests, or only some of them. */
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly detail: string | undefined;
      readonly isVital: boolean;
    }
  | { readonly kind: 'driver'; readonly name: string; readonly detail: string; readonly isDown: boolean }
  | { readonly kind: 'room'; readonly name: string; readonly resources: readonly EngineResource[] }
  | { readonly kind: 'failing'; readonly count: number; readonly isCut: boolean }
  | { readonly kind: 'orphans'; readonly count: number }
  | { readonly kind: 'queue' | 'outbox'; readonly seconds: number }
  | { readonly kind: 'warm-pool'; readonly name: string; readonly error: string }
  | { readonly kind: 'unread'; readonly part: PartName };

export const ENGINE_RESOURCES = ['vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
export type EngineResource = (typeof ENGINE_RESOURCES)[number];

type Driver = NonNullable<Capacity['drivers']>[number];

/** Without these checks, the service serves no requests. */
const VITAL = ['process', 'database', 'worker'];
/** From this share on, an engine has little room left. */
const LITTLE_ROOM = 0.9;
/** An operation that waits longer for a worker means that there are too few of them. */
const QUEUE_SECONDS = 60;
/** Longer outages of the Monitoring service are worth a look. */
const OUTBOX_SECONDS = 300;
/** Not being able to read these says nothing about the service: gateways often keep them internal. */
const INTERNAL: readonly PartName[] = ['readiness', 'metrics'];
const PARTS = ['readiness', 'capacity', 'failing', 'orphans', 'metrics', 'warmPools'] as const;

/** What needs attention, the most urgent first. Empty if all is well. */
export function findingsOf(reading: Reading): readonly Finding[] {
  return [
    ...checks(reading),
    ...drivers(reading),
    ...instances(reading),
    ...queues(reading),
    ...unread(reading),
  ];
}

/** Parts that cannot be read through this gateway, which is no failure. */
export function hiddenParts(reading: Reading): readonly PartName[] {
  return INTERNAL.filter((part) => 'error' in reading[part]);
}

function checks({ readiness, capacity }: Reading): readonly Finding[] {
  const known = new Set(valueOf(capacity)?.drivers?.map(({ name }) => `driver:${name}`));
  return (
    (valueOf(readiness)?.checks ?? [])
      .filter(({ status }) => status === 'down' || status === 'circuit_open')
      // Capacity says the same of drivers that it knows.
      .filter(({ name }) => !known.has(name))
      .map(({ name, detail }) => ({ kind: 'check' as const, name, detail, isVital: VITAL.includes(name) }))
      .sort((a, b) => Number(b.isVital) - Number(a.isVital))
  );
}

function drivers({ capacity }: Reading): readonly Finding[] {
  const all = valueOf(capacity)?.drivers ?? [];
  return [
    ...all
      .filter(({ status }) => status !== 'up')
      .map(({ name, detail, status }) => ({
        kind: 'driver' as const,
        name,
        detail,
        isDown: status === 'down',
      })),
    ...all.flatMap((driver) => {
      const resources = scarce(driver);
      return resources.length > 0 ? [{ kind: 'room' as const, name: driver.name, resources }] : [];
    }),
  ];
}

function scarce({ total, allocated }: Driver): readonly EngineResource[] {
  return ENGINE_RESOURCES.filter((name) => total[name] > 0 && allocated[name] >= total[name] * LITTLE_ROOM);
}

function instances({ failing, orphans, warmPools }: Reading): readonly Finding[] {
  const broken = valueOf(failing);
  const orphaned = valueOf(orphans)?.length ?? 0;
  const pools = valueOf(warmPools) ?? [];
  return [
    ...(broken && broken.instances.length > 0
      ? [{ kind: 'failing' as const, count: broken.instances.length, isCut: broken.isCut }]
      : []),
    ...(orphaned > 0 ? [{ kind: 'orphans' as const, count: orphaned }] : []),
    ...pools.flatMap(({ name, lastError }) =>
      lastError === null ? [] : [{ kind: 'warm-pool' as const, name, error: lastError }],
    ),
  ];
}

function queues({ metrics }: Reading): readonly Finding[] {
  const samples = valueOf(metrics) ?? [];
  const queue = sumOf(samples, 'compute_queue_age_seconds') ?? 0;
  const outbox = sumOf(samples, 'compute_outbox_age_seconds') ?? 0;
  return [
    ...(queue > QUEUE_SECONDS ? [{ kind: 'queue' as const, seconds: queue }] : []),
    ...(outbox > OUTBOX_SECONDS ? [{ kind: 'outbox' as const, seconds: outbox }] : []),
  ];
}

function unread(reading: Reading): readonly Finding[] {
  return PARTS.filter((part) => !INTERNAL.includes(part) && 'error' in reading[part]).map((part) => ({
    kind: 'unread' as const,
    part,
  }));
}
