import type { Problem } from 'uim-compute-client';
import { countOf } from './request';
import { filledPorts, type CreateForm } from './state';
import type { FieldErrors } from './validate';

/** The messages of a refusal, by field. */
export interface PlacedRefusal {
  readonly fields: FieldErrors;
  /** Whether every message has a field. */
  readonly isComplete: boolean;
}

type Placement = (problem: Problem, form: CreateForm) => string | undefined;

/** Codes whose problems are about one member of the request. */
const FIELD_OF_CODE: Readonly<Record<string, Placement>> = {
  quota_exceeded: ({ resource }, form) =>
    resource === 'instances' && countOf(form) > 1 ? 'count' : 'flavor',
  insufficient_capacity: () => 'flavor',
  invalid_flavor: () => 'flavor',
  flavor_not_found: () => 'flavor',
  flavor_too_small: () => 'flavor',
  flavor_too_small_for_snapshot: () => 'flavor',
  memory_size_differs: () => 'flavor',
  image_required: () => 'imageId',
  image_not_found: () => 'imageId',
  snapshot_not_found: () => 'source',
  snapshot_not_available: () => 'source',
  snapshot_without_memory: () => 'resume',
  host_ports_disabled: hostPortField,
  host_port_out_of_range: hostPortField,
  host_port_taken: hostPortField,
  network_not_found: () => 'networkIds',
  network_not_active: () => 'networkIds',
  network_refused: (_, form) => (form.createsNetwork ? 'network.cidr' : 'networkIds'),
  volume_not_found: () => 'volumeIds',
  volume_not_available: () => 'volumeIds',
  storage_refused: (_, form) => (form.createsVolume ? 'volume.sizeGB' : 'volumeIds'),
  integration_disabled: ({ detail }) => DISABLED_MEMBERS.find(([member]) => detail.startsWith(member))?.[1],
  // Of a network or volume of another tenant; otherwise, of the whole request.
  access_denied: ({ networkId, volumeId }) => {
    if (networkId !== undefined) return 'networkIds';
    return volumeId === undefined ? undefined : 'volumeIds';
  },
  // The problem does not say what the engine cannot do: start from a snapshot, or probe.
  not_supported_by_engine: (_, form) => {
    if (form.sourceSnapshotId !== null) return form.readiness.kind === 'none' ? 'source' : undefined;
    return form.readiness.kind === 'none' ? undefined : 'readiness.kind';
  },
};

/** How the detail of `integration_disabled` begins. */
const DISABLED_MEMBERS = [
  ['createNetwork', 'network.cidr'],
  ['createVolume', 'volume.sizeGB'],
] as const;

/** Members whose fields in the form have other names. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^(?:container|vm)\./, ''],
  [/^createNetwork\b/, 'network'],
  [/^createVolume\b/, 'volume'],
  [/^sourceSnapshotId$/, 'source'],
  [/^restartPolicy\.condition$/, 'restarts'],
  [/^restartPolicy\./, ''],
];

const FIELDS = new Set([
  ...['name', 'flavor', 'type', 'imageId', 'source', 'resume', 'count', 'sshKeys', 'userData', 'command'],
  ...['ports', 'env', 'metadata', 'networkIds', 'volumeIds', 'restarts', 'maxRestarts'],
  ...['network.name', 'network.cidr', 'volume.name', 'volume.sizeGB', 'volume.type'],
  ...['readiness.kind', 'readiness.port', 'readiness.path', 'readiness.command', 'readiness.text'],
  ...['readiness.timeoutSeconds'],
]);

/** Finds the fields of the form that a refused request is about. */
export function placeRefusal(problem: Problem, form: CreateForm): PlacedRefusal {
  const { errors = [], code, detail } = problem;
  if (errors.length > 0) {
    const placed = errors.map(({ field, message }) => ({ field: fieldOf(field, form), message }));
    const fields = new Map<string, string>();
    for (const { field, message } of placed) if (field !== undefined) fields.set(field, message);
    return { fields, isComplete: placed.every(({ field }) => field !== undefined) };
  }
  const field = FIELD_OF_CODE[code]?.(problem, form);
  return field === undefined
    ? { fields: new Map(), isComplete: false }
    : { fields: new Map([[field, detail]]), isComplete: true };
}

/** @param member path in the request, for example `container.ports.0.port` */
function fieldOf(member: string, form: CreateForm): string | undefined {
  const renamed = RENAMED.reduce(
    (name, [pattern, replacement]) => name.replace(pattern, replacement),
    member,
  );
  const row = /^ports\.(?<index>\d+)\.(?<column>port|protocol|hostPort)$/.exec(renamed)?.groups;
  if (row) {
    const key = filledPorts(form)[Number(row['index'])]?.key;
    return key === undefined ? 'ports' : `ports.${key}.${row['column'] ?? ''}`;
  }
  return FIELDS.has(renamed) ? renamed : undefined;
}

function hostPortField({ hostPort }: Problem, form: CreateForm): string {
  const rows = filledPorts(form);
  const row =
    rows.find((each) => each.hostPort !== '' && Number(each.hostPort) === hostPort) ??
    rows.find((each) => each.hostPort !== '');
  return row ? `ports.${row.key}.hostPort` : 'ports';
}
