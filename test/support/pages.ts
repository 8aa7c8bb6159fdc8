import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';

const MODULES = join(__dirname, '..', '..', 'node_modules');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};

/** Serves one page, and the files of installed packages at `/modules/`. */
export class PageServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(page: string): Promise<PageServer> {
    const server = createServer((request, response) => {
      const [, file] = /^\/modules\/([\w@/.-]+)$/.exec(request.url ?? '') ?? [];
      const isFile = file !== undefined && !file.includes('..');
      response.setHeader('Content-Type', (isFile && TYPES[extname(file)]) || 'text/html; charset=utf-8');
      if (!isFile) {
        response.end(page);
        return;
      }
      readFile(join(MODULES, file)).then(
        (content) => response.end(content),
        () => response.writeHead(404).end(),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    return new PageServer(server, `http://127.0.0.1:${address.port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
