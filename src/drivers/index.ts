export {
  DriverError,
  isLeaseLost,
  isOn,
  NO_GUEST,
  powerStateOf,
  RestartRequiredError,
  UNDO_BUDGET_MS,
} from './port/driver-call';
export { offeredBy, REBOOT_TYPES } from './port/abilities';
export type {
  Abilities,
  AbilityName,
  Capacity,
  EngineEvent,
  EngineEvents,
  ConsoleLog,
  Inventory,
  Reboot,
  RebootType,
  StatsReporter,
  InventoryItem,
  Usage,
} from './port/abilities';
export { PROBE_KINDS } from './port/readiness';
export type { Probe, ProbeKind, Readiness } from './port/readiness';
export { SlowReaderError } from './port/sessions';
export type { Command, CommandOutput, RunningCommand, TerminalSize } from './port/sessions';
export type { FromSnapshot, NewSnapshot, SnapshotRef, Snapshots, TakenSnapshot } from './port/snapshots';
export type { ComputeDriver, Fingerprint, LocalHost } from './port/compute-driver.port';
export type {
  DriverCall,
  DriverHandle,
  DriverResult,
  Ending,
  GuestAddress,
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
} from './port/driver-call';
export { DriverRegistry } from './port/driver-registry';
export { DriversModule } from './drivers.module';
export { DRIVER_PLUGINS } from './plugins';
