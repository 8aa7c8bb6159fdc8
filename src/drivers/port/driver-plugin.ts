import type { Clock } from '../../platform/async/clock';
import type { AnyConfigClass, Configuration } from '../../platform/config';
import type { CatalogSection } from './catalog-section';
import type { ComputeDriver } from './compute-driver.port';
import type { ImageSource } from './driver-call';

/** What every driver gets, besides its configuration. */
interface DriverContext {
  /** Labels this deployment's resources at the engine. */
  readonly deploymentId: string;
  readonly clock: Clock;
}

/** Properties of an image in the catalog that its sections may need. */
export interface CatalogContext {
  /** Directory of the catalog; relative paths start there. */
  readonly directory: string;
  readonly defaultUser: string | null;
}

interface Declaration<Config extends object> {
  /** The name in settings, the catalog and the database. Never change it. */
  readonly kind: string;
  readonly config: AnyConfigClass & (new (environment: NodeJS.ProcessEnv) => Config);
  readonly create: (config: Config, context: DriverContext) => ComputeDriver;
  /** Whether guests can reach ports of the host. By default, they cannot. */
  readonly reachesHost?: (config: Config) => boolean;
  /**
   * Reads the section named `kind` of an image in the catalog; undefined if it is invalid, with the problems reported.
   * Absent if images have no such section.
   */
  readonly readImage?: (section: CatalogSection, context: CatalogContext) => ImageSource | undefined;
}

/** A driver before it is created. */
export interface DriverPlugin {
  readonly kind: string;
  readonly config: AnyConfigClass;
  create(configuration: Configuration, context: DriverContext): ComputeDriver;
  reachesHost(configuration: Configuration): boolean;
  readonly readImage: Declaration<object>['readImage'];
}

export function defineDriver<Config extends object>(declaration: Declaration<Config>): DriverPlugin {
  const { kind, config, create, reachesHost = () => false, readImage } = declaration;
  return {
    kind,
    config,
    create: (configuration, context) => create(configuration.get(config), context),
    reachesHost: (configuration) => reachesHost(configuration.get(config)),
    readImage,
  };
}
