import type { INestApplicationContext, Type } from '@nestjs/common';
import { Database } from '../../src/platform/database';

/** Calls of a class that together send all of its statements. */
export interface StatementCalls {
  readonly sender: string;
  readonly start: (app: INestApplicationContext) => readonly Promise<unknown>[];
}

export function callsOf<T>(
  type: Type<T>,
  start: (sender: T, database: Database) => readonly Promise<unknown>[],
): StatementCalls {
  const options = { strict: false };
  return { sender: type.name, start: (app) => start(app.get(type, options), app.get(Database, options)) };
}
