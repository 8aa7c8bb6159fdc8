import type { Abilities } from '../contract/compute-driver.abilities';
import { computeDriverContract } from '../contract/compute-driver.contract';
import { markedBy } from '../contract/snapshots-under-test';
import { describeWhere } from '../support/describe-where';
import {
  aContainer,
  driverOf,
  serving,
  startDockerd,
  startPodman,
  whyNotDockerd,
  whyNotPodman,
  snapshotImages,
  type Engine,
} from '../support/engines';

const ABILITIES = {
  inventory: true,
  stats: true,
  reboot: { prints: /^tick 1$/ },
  rebuild: { unusable: 'Not a name' },
  resize: true,
  events: true,
  pause: { prints: /^tick \d+$/ },
  consoleLog: { prints: /tick \d+/, isLive: true },
  serial: null,
  vnc: false,
  exec: { isReal: true },
  terminal: true,
  ports: { answers: /^hello from contract$/m },
  hostPorts: { answers: /^hello from contract$/m },
  addresses: true,
  readiness: { kinds: ['port', 'http', 'exec', 'serial'], prints: 'tick 1', isReal: true, silent: 8082 },
  snapshotMemory: false,
  stopReason: { instance: () => aContainer({ script: 'exit 3' }), reason: /^exited with code 3$/ },
} satisfies Omit<Abilities, 'snapshots'>;

const ENGINES = [
  ['docker on Docker Engine', startDockerd, whyNotDockerd(), ABILITIES],
  // Podman 4.3 cannot change the limits of a container.
  ['docker on Podman', startPodman, whyNotPodman(), { ...ABILITIES, resize: false }],
] as const;

for (const [name, startEngine, missing, abilities] of ENGINES) {
  describeWhere(missing, name, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await startEngine();
    });
    afterAll(() => engine.stop());

    const snapshots = {
      guest: markedBy('/marker'),
      stored: () => snapshotImages(engine),
      otherDeployment: () => driverOf(engine, { DEPLOYMENT_NAME: 'another' }),
    };

    computeDriverContract(name, { ...abilities, snapshots }, async () => ({
      driver: driverOf(engine),
      instance: aContainer({
        script: `(while :; do sleep 1000 | nc -l -p 8082; done) & ${serving('contract')}`,
        ports: [
          { port: 8080, protocol: 'tcp' },
          { port: 8081, protocol: 'tcp' },
          { port: 8082, protocol: 'tcp' },
        ],
      }),
    }));
  });
}
