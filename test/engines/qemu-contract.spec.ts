import { join } from 'node:path';
import type { KernelImage } from '../../src/drivers';
import { namesIn } from '../../src/drivers/qemu/files/fs';
import type { Abilities } from '../contract/compute-driver.abilities';
import { computeDriverContract } from '../contract/compute-driver.contract';
import { describeWhere } from '../support/describe-where';
import { guestImage, QEMU_MISSING, QemuEngine } from '../support/engines/qemu-engine';

/** Prints a line every 0.1 s, repeats what is typed, serves port 8080, and accepts connections at port 8082 without saying anything. */
const SERVING = `#!/bin/sh
(while :; do echo "hello from contract" | nc -l -p 8080; done) &
(while :; do sleep 1000 | nc -l -p 8082; done) &
(while read line; do echo "got <$line>"; done) </dev/ttyS0 &
i=0; while :; do i=$((i+1)); echo "tick $i"; sleep 0.1; done
`;
const PORTS = [
  { port: 8080, protocol: 'tcp' },
  { port: 8081, protocol: 'tcp' },
  { port: 8082, protocol: 'tcp' },
] as const;

describeWhere(QEMU_MISSING, 'qemu', () => {
  let image: KernelImage;
  let engine: QemuEngine;

  beforeAll(async () => {
    image = await guestImage();
    engine = new QemuEngine(image);
  }, 120_000);
  afterAll(() => engine.remove());

  const abilities: Abilities = {
    inventory: true,
    stats: true,
    reboot: { prints: /^tick 1$/ },
    rebuild: { unusable: 'missing-image' },
    resize: true,
    events: true,
    pause: { prints: /^tick \d+$/ },
    consoleLog: { prints: /^tick \d+$/, isLive: true },
    serial: { after: /tick \d+/, typed: 'hello\r', answers: /got <hello>/ },
    vnc: true,
    exec: { isReal: true },
    terminal: false,
    ports: { answers: /^hello from contract$/m },
    hostPorts: { answers: /^hello from contract$/m },
    addresses: false,
    readiness: { kinds: ['port', 'http', 'exec', 'serial'], prints: 'tick 1', isReal: true, silent: 8082 },
    snapshots: {
      // What snapshots contain is tested in qemu-snapshots: this guest takes no commands.
      guest: null,
      stored: () => namesIn(join(engine.dir, 'snapshots')),
      otherDeployment: () => engine.driver({}, 'another-deployment'),
    },
    snapshotMemory: true,
    stopReason: {
      instance: () => engine.instance({}, { userData: '#!/bin/sh\npoweroff -f\n' }),
      reason: /^the guest shut down$/,
    },
  };

  computeDriverContract('qemu', abilities, async () => ({
    driver: engine.driver(),
    instance: engine.instance({}, { userData: SERVING, ports: PORTS }),
  }));
});
