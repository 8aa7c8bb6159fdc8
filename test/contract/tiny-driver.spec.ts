import { NO_GUEST } from '../../src/drivers';
import { anInstanceSpec } from '../support/builders';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import type { Abilities } from './compute-driver.abilities';
import { computeDriverContract } from './compute-driver.contract';

// Service tests rely on this driver, so it must meet the contract too.
let engine: TinyEngine;
beforeAll(async () => {
  engine = await TinyEngine.start();
});
afterAll(() => engine.stop());

const ABILITIES: Abilities = {
  inventory: true,
  stats: false,
  reboot: null,
  rebuild: null,
  resize: false,
  events: false,
  pause: null,
  consoleLog: null,
  serial: null,
  vnc: false,
  exec: null,
  terminal: false,
  readiness: null,
  ports: { answers: null },
  hostPorts: null,
  addresses: false,
  snapshots: null,
  snapshotMemory: false,
  stopReason: null,
};

computeDriverContract('tiny', ABILITIES, async () => ({
  driver: new TinyDriver(engine.url),
  instance: anInstanceSpec({ guest: { ...NO_GUEST, ports: [{ port: 8080, protocol: 'tcp' }] } }),
  isMadeAtOnce: true,
}));
