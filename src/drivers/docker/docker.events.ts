import { LineSplitter } from '../../platform/values/line-splitter';
import type { EngineEvent } from '../port/abilities';
import { DriverError } from '../port/driver-call';
import { LABEL } from './docker.labels';
import type { DockerEngine } from './engine/docker.engine';
import { toDriverError } from './engine/docker.errors';

/** Podman has its own names for two of them. */
const CHANGES = new Set(['start', 'pause', 'unpause', 'die', 'died', 'destroy', 'remove']);
/** An event has the labels of its container, including those of the image, which tenants choose. Longer ones are not read. */
export const MAX_EVENT_BYTES = 262_144;

/** Follows the engine's events of this deployment's containers. */
export async function* containerEvents(
  engine: DockerEngine,
  deployment: string,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const filters = JSON.stringify({ type: ['container'], label: [`${LABEL.deployment}=${deployment}`] });
  const lines = new LineSplitter(MAX_EVENT_BYTES, 'truncate');
  try {
    const stream = await engine.stream({ method: 'GET', path: '/events', query: { filters } }, signal);
    try {
      yield { kind: 'connected' };
      for await (const chunk of stream) {
        if (!Buffer.isBuffer(chunk)) throw new Error('the events are not a byte stream');
        yield* lines.take(chunk).flatMap(eventsIn);
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    if (signal.aborted) return;
    throw toDriverError('follow its events', error);
  }
  if (!signal.aborted) throw new DriverError('The engine ended its events', { retryable: true });
}

/** At most one event. A line of the maximum length has lost its end. */
export function eventsIn(line: Buffer): readonly EngineEvent[] {
  if (line.length >= MAX_EVENT_BYTES) return [{ kind: 'missed' }];
  const instanceId = changedIn(line.toString());
  return instanceId === undefined ? [] : [{ kind: 'changed', instanceId }];
}

/** The instance whose container has changed; undefined for other events. */
export function changedIn(line: string): string | undefined {
  const { Action, Actor } = membersOf(JSON.parse(line));
  if (typeof Action !== 'string' || !CHANGES.has(Action)) return undefined;
  const instanceId = membersOf(membersOf(Actor)['Attributes'])[LABEL.instanceId];
  return typeof instanceId === 'string' ? instanceId : undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
