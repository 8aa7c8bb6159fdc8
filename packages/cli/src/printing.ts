import type { Instance } from 'uim-compute-client';
import type { Session } from './session';

/** Formats Unix seconds as ISO 8601. */
export function time(seconds: number | null): string {
  return seconds === null ? '-' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function printInstances({ terminal }: Session, instances: readonly Instance[]): void {
  terminal.table(
    ['ID', 'NAME', 'TYPE', 'FLAVOR', 'STATUS', 'CREATED'],
    instances.map(({ id, name, type, flavor, status, createdAt }) => [
      id,
      name,
      type,
      flavor,
      status,
      time(createdAt),
    ]),
  );
}

/** Prints an instance as JSON or as a table row. */
export function printInstance(session: Session, instance: Instance): void {
  if (session.isJson) session.terminal.json(instance);
  else printInstances(session, [instance]);
}

export function printDetails({ terminal, isJson }: Session, instance: Instance): void {
  if (isJson) {
    terminal.json(instance);
    return;
  }
  const { createdAt, updatedAt, metadata, networkIds, volumeIds, ports, ...plain } = instance;
  const pairs = Object.entries(metadata).map(([key, value]) => `${key}=${value}`);
  const members = {
    ...plain,
    networkIds: networkIds.join(', '),
    volumeIds: volumeIds.join(', '),
    ports: ports
      .map(({ port, protocol, address, hostPort }) => `${address}:${hostPort} -> ${port}/${protocol}`)
      .join(', '),
    metadata: pairs.join(', '),
    createdAt: time(createdAt),
    updatedAt: time(updatedAt),
  };
  terminal.table(
    ['FIELD', 'VALUE'],
    Object.entries(members).map(([name, value]) => [
      name,
      value === null || value === '' ? '-' : String(value),
    ]),
  );
}
