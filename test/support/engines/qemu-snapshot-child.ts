import { Clock } from '../../../src/platform/async/clock';
import type { DriverCall, InstanceSpec, NewSnapshot } from '../../../src/drivers';
import { GuestAgent } from '../../../src/drivers/qemu/agent/guest-agent';
import type { QemuConfig } from '../../../src/drivers/qemu/qemu.config';
import { QemuDriver } from '../../../src/drivers/qemu/qemu.driver';
import { QemuMonitor } from '../../../src/drivers/qemu/qmp/qemu.monitor';
import type { QmpExecute } from '../../../src/drivers/qemu/qmp/qmp.client';
import { parseJson } from '../json';

/** Input of this process, which stops for good before it sends a command to QEMU or to the agent of the guest. */
interface Task {
  readonly config: QemuConfig;
  readonly instance: InstanceSpec;
  /** What to take; null to start the instance instead. */
  readonly snapshot: NewSnapshot | null;
  readonly command: string;
}

const { config, instance, snapshot, command } = parseJson<Task>(process.argv[2] ?? '');

function arrive(): Promise<never> {
  process.stdout.write('arrived\n');
  return new Promise(() => undefined);
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const { talk } = QemuMonitor.prototype;
QemuMonitor.prototype.talk = async function <T>(
  this: QemuMonitor,
  signal: AbortSignal,
  work: (execute: QmpExecute) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  await talk.call(this, signal, async (execute) => {
    results.push(await work((name, args) => (name === command ? arrive() : execute(name, args))));
  });
  for (const result of results) return result;
  throw new Error('there is no result');
};
if (command === 'thaw') GuestAgent.prototype.thaw = arrive;

const driver = new QemuDriver(config, 'test', new Clock());
const call: DriverCall = {
  instance,
  handle: null,
  imageCheck: null,
  purpose: 'snapshot',
  progress: () => undefined,
  signal: new AbortController().signal,
};
void (snapshot ? driver.abilities.snapshots?.take(call, snapshot) : driver.start(call));
