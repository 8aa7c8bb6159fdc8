import { Clock } from '../../src/drivers/clock';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { anInstanceSpec } from '../support/builders';
import { computeDriverContract } from './compute-driver.contract';

const UNKNOWN = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };

computeDriverContract('simulated', async () => ({
  driver: new SimulatedDriver({ provisionDelayMs: 5, restartDelayMs: 5, capacity: UNKNOWN }, new Clock()),
  instance: anInstanceSpec(),
  isMadeAtOnce: true,
}));
