export { DriverError, tellsCapacity } from './compute-driver.port';
export type {
  Capacity,
  CapacityTelling,
  ComputeDriver,
  DriverCall,
  DriverHandle,
  DriverHealth,
  InstanceSpec,
  Observation,
  Purpose,
} from './compute-driver.port';
export { DriverRegistry } from './driver-registry';
export { DriversModule } from './drivers.module';
