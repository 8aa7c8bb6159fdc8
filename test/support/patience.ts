// For suites that repeatedly start engines or the built service: a limit that allows for a busy machine.
jest.setTimeout(180_000);
