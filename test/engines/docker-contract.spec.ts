import type { Abilities } from '../contract/compute-driver.abilities';
import { computeDriverContract } from '../contract/compute-driver.contract';
import { describeWhere } from '../support/describe-where';
import {
  aContainer,
  driverOf,
  serving,
  startDockerd,
  startPodman,
  whyNotDockerd,
  whyNotPodman,
  type Engine,
} from '../support/engines';

const ENGINES = [
  ['docker on Docker Engine', startDockerd, whyNotDockerd()],
  ['docker on Podman', startPodman, whyNotPodman()],
] as const;

const ABILITIES: Abilities = {
  inventory: true,
  stats: true,
  events: true,
  pause: { prints: /^tick \d+$/ },
  consoleLog: { prints: /tick \d+/, isLive: true },
  ports: { answers: /^hello from contract$/m },
  stopReason: { instance: () => aContainer({ script: 'exit 3' }), reason: /^exited with code 3$/ },
};

for (const [name, startEngine, missing] of ENGINES) {
  describeWhere(missing, name, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await startEngine();
    });
    afterAll(() => engine.stop());

    computeDriverContract(name, ABILITIES, async () => ({
      driver: driverOf(engine),
      instance: aContainer({ script: serving('contract'), ports: [{ port: 8080, protocol: 'tcp' }] }),
    }));
  });
}
