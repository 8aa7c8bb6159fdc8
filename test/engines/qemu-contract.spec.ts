import type { KernelImage } from '../../src/drivers';
import { computeDriverContract } from '../contract/compute-driver.contract';
import { guestImage, QemuEngine, whyNoQemu } from '../support/engines/qemu-engine';

const reason = whyNoQemu();

if (reason !== undefined) {
  it.skip(`qemu: ${reason}`, () => undefined);
} else {
  let image: KernelImage;
  let engine: QemuEngine;

  beforeAll(async () => {
    image = await guestImage();
    engine = new QemuEngine(image);
  }, 120_000);
  afterAll(() => engine.remove());

  computeDriverContract('qemu', async () => ({ driver: engine.driver(), instance: engine.instance() }));
}
