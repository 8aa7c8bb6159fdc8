import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Directory of the built web console. */
export class ConsoleDirectory {
  /** The template of the page. */
  readonly page: string;
  readonly isBuilt: boolean;

  /** @param path by default `dist/console`, relative to this module in `dist/web`; the sources have no such directory. */
  constructor(readonly path = join(__dirname, '..', 'console')) {
    this.page = join(path, 'index.html');
    this.isBuilt = existsSync(this.page);
  }
}
