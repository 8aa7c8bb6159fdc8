export type { Image } from './image';
export { IMAGE_ERRORS, ImageExistsError, TooManyImagesError } from './image.errors';
export { ImageDto } from './api/image.dto';
export { ImagesModule } from './images.module';
export { assertFits, ImagesService, needsRoom } from './images.service';
export { OWN_ID } from './own-image';
