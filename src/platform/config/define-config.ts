import { cleanEnv, type CleanedEnv, type ReporterOptions, type ValidatorSpec } from 'envalid';
import { ConfigurationError } from './configuration.error';

/** Environment variables by name; `validators.ts` has what declares one. */
export type Variables = Readonly<Record<string, ValidatorSpec<string | number | boolean>>>;

/** The settings of one part of the service, and the configuration that its code uses. */
interface Declaration<Own extends Variables, Used extends Variables, Config extends object> {
  /** Heading in the reference of settings. */
  readonly title: string;
  readonly variables: Own;
  /** Variables of other parts that this one also needs; they are documented there. */
  readonly uses?: Used;
  /** Current names by deprecated name. */
  readonly renamed?: Readonly<Record<string, keyof Own & string>>;
  /** Problems with the combination of valid variables. */
  readonly problems?: (env: CleanedEnv<Own & Used>) => readonly string[];
  /**
   * Converts the variables to the units of the code: durations in milliseconds, sizes in bytes.
   * `all` also has the variables of other programs, such as `PATH`.
   */
  readonly config: (env: CleanedEnv<Own & Used>, all: NodeJS.ProcessEnv) => Config;
}

/** A class that is injected as the configuration of its part, and the declaration of its settings. */
export interface ConfigClass<Config extends object, Own extends Variables> {
  /** Parses an environment; the result is frozen. @throws {ConfigurationError} that names every invalid variable. */
  new (environment: NodeJS.ProcessEnv): Readonly<Config>;
  readonly title: string;
  readonly variables: Own;
  readonly renamed: Readonly<Record<string, string>>;
}

/** Any such class, in the list of all. */
export interface AnyConfigClass {
  new (environment: NodeJS.ProcessEnv): object;
  readonly title: string;
  readonly variables: Variables;
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * Declares settings: `class ExampleConfig extends defineConfig({ … }) {}`. The class is added to `src/settings.ts`; its
 * members are those of the object that `config` returns.
 */
export function defineConfig<Own extends Variables, Config extends object, Used extends Variables = Own>(
  declaration: Declaration<Own, Used, Config>,
): ConfigClass<Config, Own>;
// A separate signature, because TypeScript cannot know that the members are assigned.
export function defineConfig(declaration: Declaration<Variables, Variables, object>): AnyConfigClass {
  const { title, variables, uses, renamed = {}, problems, config } = declaration;
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- its constructor assigns the members
  return class {
    static readonly title = title;
    static readonly variables = variables;
    static readonly renamed = renamed;

    constructor(environment: NodeJS.ProcessEnv) {
      const given = givenIn(environment, renamed);
      const env = cleanEnv(given, { ...variables, ...uses }, { reporter: refuse });
      refuseAll(problems?.(env) ?? []);
      Object.assign(this, config(env, environment));
      freeze(this);
    }
  };
}

/** The variables that have a value, with their current names. */
function givenIn(
  environment: NodeJS.ProcessEnv,
  renamed: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  // An empty value means "not set", because compose files pass optional variables that way.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  for (const [former, name] of Object.entries(renamed)) given[name] ??= given[former];
  return given;
}

function refuse({ errors }: ReporterOptions<unknown>): void {
  refuseAll(
    Object.entries<Error | undefined>(errors).flatMap(([key, error]) =>
      error ? [`${key} ${error.message}`] : [],
    ),
  );
}

function refuseAll(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function freeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) freeze(member);
  return Object.freeze(value);
}
