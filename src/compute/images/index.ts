export type { Image } from './image';
export { IMAGE_ERRORS } from './image.errors';
export { ImagesModule } from './images.module';
export { assertFits, ImagesService, needsRoom } from './images.service';
