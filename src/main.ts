import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { run } from './server';

run().catch((error: unknown) => {
  // Whatever gets here was not foreseen: the log may not be there yet.
  new Logger('Main').fatal(error);
  process.exitCode = 1;
});
