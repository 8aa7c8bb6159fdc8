export { InvalidFlavorError } from './flavor';
export type { Flavor } from './flavor';
export { FlavorsModule } from './flavors.module';
export { FlavorsService } from './flavors.service';
