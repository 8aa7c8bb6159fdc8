/** A JSON object sent to a peer. Members of the wrong type throw, as in the original services. */
export class JsonBody {
  private readonly members: ReadonlyMap<string, unknown>;

  constructor(text: string) {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error('the body is not a JSON object');
    }
    this.members = new Map(Object.entries(value));
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  text(name: string): string {
    const value = this.members.get(name);
    if (typeof value !== 'string') throw new Error(`${name} is not a string`);
    return value;
  }

  number(name: string): number {
    const value = this.members.get(name);
    if (typeof value !== 'number') throw new Error(`${name} is not a number`);
    return value;
  }

  integer(name: string): number {
    const value = this.number(name);
    if (!Number.isInteger(value)) throw new Error(`${name} is not an integer`);
    return value;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const choice = choices.find((candidate) => candidate === this.members.get(name));
    if (choice === undefined) throw new Error(`${name} is not one of ${choices.join(', ')}`);
    return choice;
  }

  /** An object of strings; empty if absent. */
  texts(name: string): Readonly<Record<string, string>> {
    const value = this.members.get(name) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error(`${name} is not an object`);
    const texts: Record<string, string> = {};
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw new Error(`${name}.${key} is not a string`);
      texts[key] = text;
    }
    return texts;
  }
}
