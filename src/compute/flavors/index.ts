export { FLAVOR_ERRORS, InvalidFlavorError } from './flavor.errors';
export { FlavorsModule } from './flavors.module';
export { FlavorsService } from './flavors.service';
export type { Flavor } from './flavor';
