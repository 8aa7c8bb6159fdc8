/** The service cannot start as it was told to; `problems` says what to change, one sentence a setting. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'ConfigurationError';
  }
}
