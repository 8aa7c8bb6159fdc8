import type { Snapshot } from 'uim-compute-client';
import { shortId } from './instance-columns';
import { printFields } from './output/result';
import { age, time } from './output/time';
import type { Session } from './session';

const GB = 1_000_000_000;

/** Prints snapshots; the JSON of one is the snapshot itself. */
export async function printSnapshots(
  session: Session,
  snapshots: readonly Snapshot[],
  document: unknown,
): Promise<void> {
  const columns = [
    { title: 'ID', text: ({ id }: Snapshot) => shortId(id) },
    { title: 'NAME', text: ({ name }: Snapshot) => name, isFlexible: true },
    { title: 'INSTANCE', text: ({ instanceId }: Snapshot) => shortId(instanceId) },
    { title: 'STATUS', text: ({ status }: Snapshot) => status },
    { title: 'MEMORY', text: ({ includeMemory }: Snapshot) => (includeMemory ? 'yes' : 'no') },
    { title: 'SIZE', text: ({ sizeBytes }: Snapshot) => sizeOf(sizeBytes) },
    { title: 'AGE', text: ({ createdAt }: Snapshot) => age(createdAt) },
  ];
  await session.print({
    document,
    rows: snapshots,
    columns,
    wide: [
      { title: 'ID', text: ({ id }) => id },
      ...columns.slice(1),
      { title: 'IMAGE', text: ({ imageId }) => imageId || '-' },
      { title: 'EXPIRES', text: ({ expiresAt }) => expiresAt ?? '-' },
      { title: 'REASON', text: ({ statusReason }) => statusReason ?? '-' },
    ],
    name: ({ id }) => id,
  });
}

/** Prints every member of one snapshot. */
export async function printSnapshot({ terminal, format }: Session, snapshot: Snapshot): Promise<void> {
  const { createdAt, updatedAt, metadata, excludedVolumeIds, sizeBytes, ...plain } = snapshot;
  await printFields(terminal, format, {
    document: snapshot,
    name: snapshot.id,
    fields: [
      ...Object.entries(plain).map(([name, value]) => [name, value === null ? '' : String(value)] as const),
      ['size', sizeOf(sizeBytes)],
      ['excludedVolumeIds', excludedVolumeIds.join(', ')],
      [
        'metadata',
        Object.entries(metadata)
          .map((pair) => pair.join('='))
          .join(','),
      ],
      ['createdAt', time(createdAt)],
      ['updatedAt', time(updatedAt)],
    ],
  });
}

function sizeOf(bytes: number | null): string {
  return bytes === null ? '-' : `${(bytes / GB).toFixed(1)} GB`;
}
