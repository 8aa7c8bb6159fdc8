export { DriverError, lists, measures, NO_GUEST, tellsCapacity, tellsConsole } from './compute-driver.port';
export type {
  Capacity,
  CapacityTelling,
  ComputeDriver,
  ConsoleTelling,
  DiskImage,
  DriverCall,
  DriverHandle,
  DriverHealth,
  GuestPort,
  GuestSpec,
  ImageSource,
  InstanceSpec,
  KernelImage,
  Listing,
  Measuring,
  NamedImage,
  Observation,
  PublishedPort,
  Purpose,
  Sighting,
  Usage,
} from './compute-driver.port';
export { DriverRegistry } from './driver-registry';
export { DriversModule } from './drivers.module';
