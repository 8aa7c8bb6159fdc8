import { Logger } from '@nestjs/common';

// Keeps log lines out of the test results. Set `TEST_LOG` to see them.
if (process.env['TEST_LOG'] === undefined) Logger.overrideLogger(false);
