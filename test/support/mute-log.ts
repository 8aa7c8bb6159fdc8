import { Logger } from '@nestjs/common';

/** Keeps log lines of code that is tested without an application out of the results. `TEST_LOG` shows them. */
export function muteLog(): void {
  if (process.env['TEST_LOG'] === undefined) Logger.overrideLogger(false);
}
