export { InvalidFlavorError } from './flavor';
export { FlavorsModule } from './flavors.module';
export { FlavorsService } from './flavors.service';
