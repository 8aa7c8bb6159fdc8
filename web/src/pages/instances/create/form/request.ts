import type { CreateInstance, CreateInstances } from 'uim-compute-client';
import { filledPairs, filledPorts, linesOf, type CreateForm, type PairRow } from './state';

type Port = NonNullable<NonNullable<CreateInstance['vm']>['ports']>[number];

/** The request for what the form says. Parts that are empty, or do not apply to the type, are left out. */
export function requestOf(form: CreateForm): CreateInstance {
  const { name, flavor, type, imageId, sourceSnapshotId, resume, networkIds, volumeIds } = form;
  const metadata = recordOf(form.metadata);
  return {
    name: name.trim(),
    flavor,
    type,
    ...(sourceSnapshotId !== null
      ? { sourceSnapshotId, ...(resume && { resume }) }
      : imageId.trim() !== '' && { imageId: imageId.trim() }),
    ...guestOf(form),
    ...(networkIds.length > 0 && { networkIds: [...networkIds] }),
    ...(form.createsNetwork && { createNetwork: networkOf(form) }),
    ...(volumeIds.length > 0 && { volumeIds: [...volumeIds] }),
    ...(form.createsVolume && { createVolume: volumeOf(form) }),
    ...(metadata && { metadata }),
    ...readinessOf(form),
    ...(form.restarts && { restartPolicy: restartPolicyOf(form) }),
    ...(form.autostart && { autostart: true }),
    ...(form.deletionProtection && { deletionProtection: true }),
  };
}

/** Number of instances; 1 if the input is empty. */
export function countOf({ count }: Pick<CreateForm, 'count'>): number {
  return numberOf(count) ?? 1;
}

/** The request as it is sent: with the number of instances if there are several. */
export function bodyOf(request: CreateInstance, count: number): CreateInstance | CreateInstances {
  return count === 1 ? request : { ...request, count };
}

function guestOf(form: CreateForm): Partial<CreateInstance> {
  const { type, userData } = form;
  const ports = filledPorts(form).map((row): Port => {
    const hostPort = numberOf(row.hostPort);
    return {
      port: numberOf(row.port) ?? 0,
      ...(row.protocol !== 'tcp' && { protocol: row.protocol }),
      ...(hostPort !== undefined && { hostPort }),
    };
  });
  if (type === 'container') {
    const command = linesOf(form.command);
    const env = recordOf(form.env);
    const container = {
      ...(command.length > 0 && { command: [...command] }),
      ...(env && { env }),
      ...(ports.length > 0 && { ports }),
    };
    return Object.keys(container).length > 0 ? { container } : {};
  }
  const sshKeys = linesOf(form.sshKeys);
  return {
    ...(ports.length > 0 && { vm: { ports } }),
    ...(userData.trim() !== '' && { userData }),
    ...(sshKeys.length > 0 && { sshKeys: [...sshKeys] }),
  };
}

function networkOf({ network }: CreateForm): NonNullable<CreateInstance['createNetwork']> {
  const { name, cidr, deleteOnTermination } = network;
  return {
    ...(name.trim() !== '' && { name: name.trim() }),
    cidr: cidr.trim(),
    ...(deleteOnTermination && { deleteOnTermination }),
  };
}

function volumeOf({ volume }: CreateForm): NonNullable<CreateInstance['createVolume']> {
  const { name, sizeGB, type, deleteOnTermination } = volume;
  return {
    ...(name.trim() !== '' && { name: name.trim() }),
    sizeGB: numberOf(sizeGB) ?? 0,
    ...(type.trim() !== '' && { type: type.trim() }),
    ...(deleteOnTermination && { deleteOnTermination }),
  };
}

function readinessOf({ readiness }: CreateForm): Pick<CreateInstance, 'readiness'> {
  const { kind, path, text, command } = readiness;
  const timeoutSeconds = numberOf(readiness.timeoutSeconds);
  const port = numberOf(readiness.port) ?? 0;
  const timeout = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  switch (kind) {
    case 'none':
      return {};
    case 'port':
      return { readiness: { kind, port, ...timeout } };
    case 'http':
      return { readiness: { kind, port, ...(path.trim() !== '' && { path: path.trim() }), ...timeout } };
    case 'exec':
      return { readiness: { kind, command: [...linesOf(command)], ...timeout } };
    case 'serial':
      return { readiness: { kind, text, ...timeout } };
  }
}

function restartPolicyOf({ maxRestarts }: CreateForm): NonNullable<CreateInstance['restartPolicy']> {
  const most = numberOf(maxRestarts);
  return { condition: 'on-failure', ...(most !== undefined && { maxRestarts: most }) };
}

/** Undefined if there are no pairs. The last of several values of a name counts. */
function recordOf(rows: readonly PairRow[]): Record<string, string> | undefined {
  const pairs = filledPairs(rows).map(({ name, value }): [string, string] => [name.trim(), value]);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isInteger(number) ? undefined : number;
}
