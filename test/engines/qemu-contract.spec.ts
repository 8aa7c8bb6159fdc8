import type { KernelImage } from '../../src/drivers';
import { computeDriverContract } from '../contract/compute-driver.contract';
import { describeWhere } from '../support/describe-where';
import { guestImage, QEMU_MISSING, QemuEngine } from '../support/engines/qemu-engine';

describeWhere(QEMU_MISSING, 'qemu', () => {
  let image: KernelImage;
  let engine: QemuEngine;

  beforeAll(async () => {
    image = await guestImage();
    engine = new QemuEngine(image);
  }, 120_000);
  afterAll(() => engine.remove());

  computeDriverContract('qemu', async () => ({ driver: engine.driver(), instance: engine.instance() }));
});
