export { hasInventory, reportsStats, reportsCapacity, reportsEvents, hasConsoleLog } from './port/abilities';
export { DriverError, isLeaseLost, NO_GUEST, powerStateOf, UNDO_BUDGET_MS } from './port/compute-driver.port';
export type {
  Capacity,
  EngineEvent,
  EngineEvents,
  CapacityReporter,
  ConsoleLog,
  Inventory,
  StatsReporter,
  InventoryItem,
  Usage,
} from './port/abilities';
export type {
  ComputeDriver,
  DiskImage,
  DriverCall,
  DriverHandle,
  DriverHealth,
  GuestPort,
  GuestSpec,
  ImageCheck,
  ImageSource,
  InstanceSpec,
  KernelImage,
  Observation,
  PublishedPort,
  Verb,
  PowerState,
} from './port/compute-driver.port';
export { DriverRegistry } from './port/driver-registry';
export { DriversModule } from './drivers.module';
export { DRIVER_PLUGINS } from './plugins';
