import { Clock } from '../../src/platform/async/clock';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { anInstanceSpec } from '../support/builders';
import type { Abilities } from './compute-driver.abilities';
import { computeDriverContract } from './compute-driver.contract';

const UNKNOWN = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };

const ABILITIES: Abilities = {
  inventory: false,
  stats: true,
  reboot: { prints: null },
  rebuild: { unusable: null },
  resize: true,
  events: true,
  pause: { prints: null },
  consoleLog: { prints: /^simulated: .* booted$/, isLive: false },
  serial: { after: /booted/, typed: 'hello', answers: /hello/ },
  vnc: true,
  exec: { isReal: false },
  terminal: true,
  ports: null,
  hostPorts: { answers: null },
  addresses: true,
  readiness: { kinds: ['port', 'http', 'exec', 'serial'], prints: 'booted', isReal: false },
  snapshots: 'not real',
  snapshotMemory: true,
  stopReason: {
    instance: () => anInstanceSpec({ metadata: { 'simulate.exitAfterMs': '50', 'simulate.exitCode': '3' } }),
    reason: /^exited with code 3$/,
  },
};

computeDriverContract('simulated', ABILITIES, async () => ({
  driver: new SimulatedDriver({ provisionDelayMs: 5, restartDelayMs: 5, capacity: UNKNOWN }, new Clock()),
  // Only instances whose guests exit have events.
  instance: anInstanceSpec({ metadata: { 'simulate.exitAfterMs': '3600000' } }),
  isMadeAtOnce: true,
}));
