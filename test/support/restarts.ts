import type { InstanceEvent } from '../../src/compute/events';
import type { Client } from './client';

/** The observation of a guest that was killed. */
export const KILLED = {
  presence: 'present',
  power: 'stopped',
  reason: 'killed by signal 9 (exit code 137)',
  ending: { isFailure: true },
} as const;

/** The reason of its start if that follows a restart of its host. */
export const AUTOSTARTED = `${KILLED.reason} (autostart: its host was restarted)`;

export async function historyOf(tenant: Client, id: string): Promise<readonly InstanceEvent[]> {
  return (await tenant.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`)).body.events;
}
