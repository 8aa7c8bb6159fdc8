import type { Readable } from 'node:stream';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

const YEAR_SECONDS = 31_536_000;
const ASSETS = '/assets/';

/**
 * Serves the files that the directory has at startup, compressed if the build has compressed them. Those in `assets`
 * have a hash of their content in their name, so browsers never request them again. Other paths go to the next handler.
 * @param prefix of the URLs
 */
export function consoleFiles(directory: string, prefix: string): RequestHandler {
  const files = sirv(directory, {
    etag: true,
    maxAge: YEAR_SECONDS,
    immutable: true,
    brotli: true,
    gzip: true,
    // Only exact names: the page is a template, which is not sent as it is.
    extensions: [],
    setHeaders: (response, path) => {
      if (!path.startsWith(ASSETS)) response.setHeader('Cache-Control', 'no-cache');
    },
  });
  return (request, response, next) => {
    // sirv sends wrong bytes for some ranges; a server may ignore all of them (RFC 9110, section 14.2).
    delete request.headers.range;
    // sirv handles neither a file that was deleted since the start, which would end the process, nor a client that
    // disconnects, whose file would stay open.
    response.once('pipe', (file: Readable) => {
      file.once('error', () => response.destroy());
      response.once('close', () => file.destroy());
    });
    const { url } = request;
    request.url = url.slice(prefix.length);
    files(request, response, () => {
      request.url = url;
      next();
    });
  };
}
