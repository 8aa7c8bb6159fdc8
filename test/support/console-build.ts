import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const SCRIPT = `console.log(${JSON.stringify('x'.repeat(500))});\n`;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta property="csp-nonce" nonce="__CSP_NONCE__">
    <script type="module" nonce="__CSP_NONCE__" src="/console/assets/index-a1b2.js"></script>
  </head>
  <body><div id="root"></div><script type="application/json" id="settings">__SETTINGS__</script></body>
</html>
`;

/** A directory such as the build of the web console leaves, with files that must not be served beside it. */
export class ConsoleBuild {
  private readonly parent = mkdtempSync(join(tmpdir(), 'console-'));
  readonly path = join(this.parent, 'console');

  constructor() {
    this.write('../secret.txt', 'secret');
    this.write('../console-secret/secret.txt', 'secret');
    this.write('index.html', PAGE);
    this.write('index.html.br', brotliCompressSync(PAGE));
    this.write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    this.write('assets/index-a1b2.js', SCRIPT);
    this.write('assets/index-a1b2.js.br', brotliCompressSync(SCRIPT));
    this.write('assets/index-a1b2.js.gz', gzipSync(SCRIPT));
    this.write('assets/style-c3d4.css', 'body{margin:0}');
    // More than the buffers of a connection hold.
    this.write('assets/large.wasm', Buffer.alloc(16_777_216));
    this.write('assets/.hidden.js', 'secret');
    this.write('.env', 'secret');
  }

  remove(file = '..'): void {
    rmSync(join(this.path, file), { recursive: true });
  }

  private write(file: string, content: string | Buffer): void {
    const path = join(this.path, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  }
}
