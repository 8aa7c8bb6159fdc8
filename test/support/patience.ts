// For suites that start engines or the built service again and again: an outer limit for a machine with busy cores.
jest.setTimeout(180_000);
