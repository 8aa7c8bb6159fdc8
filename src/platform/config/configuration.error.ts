/** The service cannot start with its settings; `problems` lists what to change, one sentence per setting. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'ConfigurationError';
  }
}
