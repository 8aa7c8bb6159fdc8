import { ConfigurationError } from '../../platform/config';
import { INSTANCE_TYPES, type InstanceType } from './instance-type';
import type { ComputeDriver } from './compute-driver.port';

/** Maps instance types and driver names to drivers. */
export class DriverRegistry {
  private readonly byKind: ReadonlyMap<string, ComputeDriver>;

  /** @throws {ConfigurationError} if a type is assigned to a driver that does not exist or does not support it. */
  constructor(
    drivers: readonly ComputeDriver[],
    private readonly kinds: Readonly<Record<InstanceType, string>>,
  ) {
    this.byKind = new Map(drivers.map((driver) => [driver.kind, driver]));
    const problems = INSTANCE_TYPES.flatMap((type) => this.problemOf(type));
    if (problems.length > 0) throw new ConfigurationError(problems);
  }

  /** The driver for new instances of a type. */
  forType(type: InstanceType): ComputeDriver {
    const kind = this.kinds[type];
    const driver = this.byKind.get(kind);
    if (!driver) throw new Error(`this build has no driver "${kind}"`);
    return driver;
  }

  /** Undefined if this build has no driver of that name. */
  find(kind: string): ComputeDriver | undefined {
    return this.byKind.get(kind);
  }

  /** All drivers in this build, in use or not. */
  all(): readonly ComputeDriver[] {
    return [...this.byKind.values()];
  }

  /** The drivers that the configuration uses. */
  active(): readonly ComputeDriver[] {
    return [...new Set(INSTANCE_TYPES.map((type) => this.forType(type)))];
  }

  private problemOf(type: InstanceType): string[] {
    const kind = this.kinds[type];
    const able = [...this.byKind.values()].filter((driver) => driver.capabilities.types.includes(type));
    if (able.some((driver) => driver.kind === kind)) return [];
    return [`DRIVER_${type.toUpperCase()} must be one of ${able.map((driver) => driver.kind).join(', ')}`];
  }
}
