import { OrphansRepository } from '../../src/compute/reconciler/orphans/orphans.repository';
import { ReconcilerRepository } from '../../src/compute/reconciler/reconciler.repository';
import { RestartsRepository } from '../../src/compute/reconciler/restarts/restarts.repository';
import { newId } from '../../src/platform/values/uuid';
import { callsOf, type StatementCalls } from './statement-calls';

const MINUTE_MS = 60_000;

interface Known {
  readonly id: string;
  readonly version: number;
  readonly tenantId: string;
  readonly hostId: string;
}

/** Calls about an instance. */
export function reconcilerCalls({ id, version, tenantId, hostId }: Known): readonly StatementCalls[] {
  return [
    callsOf(ReconcilerRepository, (repository) => [
      repository.inUse([hostId]),
      repository.scan(hostId, undefined),
      repository.targets([id]),
      repository.unsettled([id]),
      repository.record([
        {
          ...{
            id,
            version,
            move: { to: 'stopped', reason: null, ports: [], addresses: undefined },
            observed: undefined,
            run: { id: 'one', isNew: true },
            metric: null,
          },
          restart: { delayMs: 1000, restarts: 1, note: 'restart 1 of 5', isGivenUp: false },
        },
      ]),
    ]),
    callsOf(RestartsRepository, (repository) => [
      repository.due([hostId]),
      repository.makeDue(hostId, MINUTE_MS),
      repository.begin([{ id, version, reason: 'exited with code 1' }]),
    ]),
    callsOf(OrphansRepository, (repository) => [
      repository.owned([id]),
      repository.upsert({ id: hostId, backendId: hostId }, [{ instanceId: newId(), tenantId }]),
      repository.keepOnly(hostId, []),
      repository.overdue(hostId, MINUTE_MS, 10),
      repository.remove(hostId, newId()),
      repository.list(),
    ]),
  ];
}
