import { isText } from '../../platform/values/text';

const MAX_PROBLEMS = 100;

/** Problems of a file, each with the path of the member; beyond `MAX_PROBLEMS`, they are only counted. */
export class Problems {
  private readonly found: string[] = [];
  private more = 0;

  add(problem: string): void {
    if (this.found.length < MAX_PROBLEMS) this.found.push(problem);
    else this.more++;
  }

  get all(): readonly string[] {
    return this.more === 0 ? this.found : [...this.found, `and ${this.more} more`];
  }
}

interface TextRule {
  readonly max: number;
  readonly isValid?: (text: string) => boolean;
  /** Completes "must be". */
  readonly what?: string;
}

/**
 * An object of the file, read member by member. Invalid members are reported to `problems` and read as undefined, like
 * missing ones; `end` reports members that were never read.
 */
export class CatalogSection {
  private readonly asked = new Set<string>();

  private constructor(
    private readonly members: ReadonlyMap<string, unknown>,
    readonly path: string,
    private readonly problems: Problems,
  ) {}

  static of(value: unknown, path: string, problems: Problems): CatalogSection | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new CatalogSection(new Map(Object.entries(value)), path, problems);
    }
    problems.add(`${path === '' ? 'the file' : path} must be an object`);
    return undefined;
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  section(name: string): CatalogSection | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : CatalogSection.of(value, this.pathOf(name), this.problems);
  }

  text(name: string, { max, isValid = () => true, what }: TextRule): string | undefined {
    return this.read(name, what ?? `text of 1 to ${max} characters`, (value) =>
      isText(value, 1, max) && isValid(value) ? value : undefined,
    );
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.read(name, `one of ${choices.join(', ')}`, (value) =>
      choices.find((choice) => choice === value),
    );
  }

  flag(name: string): boolean | undefined {
    return this.read(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  whole(name: string, max: number): number | undefined {
    return this.read(name, `an integer from 0 to ${max}`, (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined,
    );
  }

  list(name: string, max: number): readonly unknown[] | undefined {
    return this.read<readonly unknown[]>(name, `a list of at most ${max}`, (value) =>
      Array.isArray(value) && value.length <= max ? value : undefined,
    );
  }

  /** Whether the member is present, valid or not; if it is missing, that is reported. */
  requires(name: string): boolean {
    if (this.has(name)) return true;
    this.report(`${this.pathOf(name)} is missing`);
    return false;
  }

  /** Reports the member if it is present; `why` completes the message. */
  refuses(name: string, why: string): void {
    this.asked.add(name);
    if (this.has(name)) this.report(`${this.pathOf(name)} ${why}`);
  }

  report(problem: string): void {
    this.problems.add(problem);
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  end(): void {
    for (const name of this.members.keys()) {
      if (!this.asked.has(name)) this.report(`${this.pathOf(name.slice(0, 100))} is unknown`);
    }
  }

  private read<T>(name: string, what: string, parse: (value: unknown) => T | undefined): T | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) this.report(`${this.pathOf(name)} must be ${what}`);
    return parsed;
  }

  private take(name: string): unknown {
    this.asked.add(name);
    return this.members.get(name);
  }
}
