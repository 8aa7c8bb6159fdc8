import { Clock } from '../../../src/platform/async/clock';
import type { QemuConfig } from '../../../src/drivers/qemu/qemu.config';
import type { InstanceSpec } from '../../../src/drivers';
import { QemuDriver } from '../../../src/drivers/qemu/qemu.driver';
import { parseJson } from '../json';

/** Input of this process, which repeats the life cycle of one instance until it is killed. */
interface Task {
  readonly config: QemuConfig;
  readonly instance: InstanceSpec;
}

const { config, instance } = parseJson<Task>(process.argv[2] ?? '');
const driver = new QemuDriver(config, 'test', new Clock());
const call = {
  instance,
  handle: null,
  imageCheck: null,
  progress: () => undefined,
  signal: new AbortController().signal,
};

async function lifeCycles(): Promise<never> {
  process.stdout.write('begun\n');
  for (;;) {
    await driver.create({ ...call, purpose: 'create' });
    await driver.stop({ ...call, purpose: 'stop' });
    await driver.start({ ...call, purpose: 'start' });
    await driver.destroy({ ...call, purpose: 'delete' });
  }
}

void lifeCycles();
