import { AppError } from '../platform/errors/app.error';
import { defineErrors } from '../platform/errors/define-errors';

export const WEB_ERRORS = defineErrors({
  console_not_built: {
    status: 404,
    example: 'The web console was not built',
    retryable: false,
    meaning: 'This installation has no files of the web console. The API works without them.',
    remedy: 'Operators: run `npm run build`, and restart the service.',
  },
  console_file_not_found: {
    status: 404,
    example: 'The web console has no file /console/assets/index-BsqGhZ2q.js',
    retryable: false,
    meaning: 'The installed version of the web console has no such file: the page may be of an earlier one.',
    remedy: 'Reload the page.',
  },
});

export class ConsoleNotBuiltError extends AppError {
  constructor() {
    super(WEB_ERRORS.console_not_built);
  }
}

export class ConsoleFileNotFoundError extends AppError {
  constructor(path: string) {
    super(WEB_ERRORS.console_file_not_found, { message: `The web console has no file ${path}` });
  }
}
