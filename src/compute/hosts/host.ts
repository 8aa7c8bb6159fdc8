/** A place inside a backend where instances run: an engine, or a machine with QEMU. */
export interface Host {
  readonly id: string;
  /** The configured endpoint of a driver; its id is the name of the driver, because each driver has one. */
  readonly backendId: string;
}
