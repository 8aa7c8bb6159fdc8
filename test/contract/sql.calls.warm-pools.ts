import { HandOverRepository } from '../../src/compute/instances/warm-pools/store/hand-over.repository';
import { PreparedRepository } from '../../src/compute/instances/warm-pools/store/prepared.repository';
import { WarmPoolsRepository } from '../../src/compute/instances/warm-pools/store/warm-pools.repository';
import { aCreateOperation, aNewInstance } from '../support/builders';
import { callsOf, type StatementCalls } from './statement-calls';

export const WARM_POOL_CALLS: readonly StatementCalls[] = [
  callsOf(HandOverRepository, (repository) => [
    repository.take({ tenantId: 'tenant-a', instance: aNewInstance(), operation: aCreateOperation() }),
  ]),
  callsOf(PreparedRepository, (repository) => [
    repository.list(),
    repository.hold('replica', 1000),
    repository.release('replica'),
  ]),
  callsOf(WarmPoolsRepository, (repository) => [
    repository.list(),
    repository.states(),
    repository.state('web'),
    repository.set('web', { flavor: 'small', imageId: '', type: 'vm', size: 1 }, 2),
    repository.failed('web', 'no'),
    repository.recovered('web'),
    repository.remove('web'),
  ]),
];
