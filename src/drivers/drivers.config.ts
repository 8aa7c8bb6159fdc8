import { defineConfig, text } from '../platform/config';
import { DEFAULT_DRIVER } from './plugins';
import type { InstanceType } from './port/instance-type';

export class DriversConfig extends defineConfig({
  title: 'Drivers',
  variables: {
    DRIVER_VM: text({ default: DEFAULT_DRIVER, desc: 'Driver for instances of type vm' }),
    DRIVER_CONTAINER: text({ default: DEFAULT_DRIVER, desc: 'Driver for instances of type container' }),
  },
  config: (env): Record<InstanceType, string> => ({ vm: env.DRIVER_VM, container: env.DRIVER_CONTAINER }),
}) {}
