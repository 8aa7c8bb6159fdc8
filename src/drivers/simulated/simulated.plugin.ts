import { defineDriver } from '../port/driver-plugin';
import { SimulatedConfig } from './simulated.config';
import { SimulatedDriver } from './simulated.driver';

export const simulatedPlugin = defineDriver({
  kind: 'simulated',
  config: SimulatedConfig,
  create: (config, { clock }) => new SimulatedDriver(config, clock),
});
