import { ConfigurationError } from './configuration.error';
import type { AnyConfigClass, Variables } from './define-config';
import { unknownSettings } from './unknown-settings';

/** The configuration of every part, parsed from one environment. */
export class Configuration {
  constructor(private readonly parts: ReadonlyMap<unknown, object>) {
    Object.freeze(this);
  }

  /** @throws {Error} if the class is not one of the `Settings`. */
  get<Config>(part: new (environment: NodeJS.ProcessEnv) => Config): Config {
    const config = this.parts.get(part);
    if (config instanceof part) return config;
    throw new Error(`${part.name} is not among the settings`);
  }
}

/** All settings of the service. */
export class Settings {
  private parsed: Configuration | undefined;

  /**
   * @param parts in the order of the reference of settings
   * @param sharedWords first words of settings that variables of other programs also start with
   */
  constructor(
    readonly parts: readonly AnyConfigClass[],
    private readonly sharedWords: readonly string[],
  ) {}

  get variables(): Variables {
    return Object.fromEntries(this.parts.flatMap(({ variables }) => Object.entries(variables)));
  }

  /** The configuration of this process, parsed at the first call. @throws {ConfigurationError} */
  get current(): Configuration {
    return (this.parsed ??= this.read(process.env));
  }

  /** Parses an environment. @throws {ConfigurationError} that names every invalid variable and its expected value. */
  read(environment: NodeJS.ProcessEnv): Configuration {
    const problems = new Set<string>();
    const configs = new Map<unknown, object>();
    for (const part of this.parts) {
      try {
        configs.set(part, new part(environment));
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        // A variable that several parts use is reported once.
        for (const problem of error.problems) problems.add(problem);
      }
    }
    if (problems.size > 0) throw new ConfigurationError([...problems]);
    return new Configuration(configs);
  }

  /** Warnings about settings with deprecated names, and variables that are probably misspelled settings. */
  warnings(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
    const renamed = this.parts.flatMap((part) => Object.entries(part.renamed));
    const former = new Set(renamed.map(([name]) => name));
    const others = Object.keys(environment).filter((name) => !former.has(name));
    return [
      ...renamed.flatMap(([name, current]) => renameWarning(environment, name, current)),
      ...unknownSettings(others, Object.keys(this.variables), this.sharedWords),
    ];
  }
}

function renameWarning(environment: NodeJS.ProcessEnv, former: string, current: string): readonly string[] {
  if (!environment[former]) return [];
  return environment[current]
    ? [`${former} is deprecated and ignored, because ${current} is set: remove it`]
    : [`${former} is deprecated: use ${current} instead`];
}
