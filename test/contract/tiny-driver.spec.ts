import { anInstanceSpec } from '../support/builders';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import { computeDriverContract } from './compute-driver.contract';

// What tests of the service lean on must itself keep the contract.
let engine: TinyEngine;
beforeAll(async () => {
  engine = await TinyEngine.start();
});
afterAll(() => engine.stop());

computeDriverContract('tiny', async () => ({
  driver: new TinyDriver(engine.url),
  instance: anInstanceSpec(),
  isMadeAtOnce: true,
}));
