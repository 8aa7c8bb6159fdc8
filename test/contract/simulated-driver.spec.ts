import { Clock } from '../../src/drivers/clock';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { anInstanceSpec } from '../support/builders';
import { computeDriverContract } from './compute-driver.contract';

computeDriverContract('simulated', async () => ({
  driver: new SimulatedDriver({ provisionDelayMs: 5, restartDelayMs: 5 }, new Clock()),
  instance: anInstanceSpec(),
}));
