import { existsSync } from 'node:fs';
import { CatalogFile } from '../../src/compute/images/catalog-file';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';

describeWhere(QEMU_MISSING, 'the catalog that guest-image.sh writes', () => {
  it('is accepted as IMAGES_FILE', async () => {
    const file = await CatalogFile.open(await guestImages());
    try {
      expect(file?.state).toEqual({ images: 1, problems: [] });
      const image = file?.catalog.find(GUEST_IMAGE)?.sources.get('qemu');
      if (image?.kind !== 'kernel') throw new Error('no kernel image');
      const files = [image.kernel, image.initrd, image.disk?.file];
      expect(files.filter((each) => !existsSync(each ?? ''))).toEqual([]);
      expect(Object.keys(image.sha256)).toEqual(['kernel', 'initrd', 'disk']);
    } finally {
      await file?.onModuleDestroy();
    }
  });
});
