import type { CatalogSection } from '../../port/catalog-section';
import type { ImageSource } from '../../port/driver-call';
import { MAX_IMAGE_NAME, parseImageName } from '../../port/image-name';

const NAME_RULE = {
  max: MAX_IMAGE_NAME,
  isValid: (text: string) => parseImageName(text) !== undefined,
  what: 'the name of an OCI image, such as docker.io/library/debian:12',
};

export function readDockerImage(section: CatalogSection): ImageSource | undefined {
  const name = section.requires('name') ? section.text('name', NAME_RULE) : undefined;
  section.end();
  return name === undefined ? undefined : { kind: 'name', name };
}
