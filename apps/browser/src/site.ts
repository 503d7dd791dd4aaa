import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { strictPolicy } from './policy.ts';

/** How a folder is served. */
export interface SiteSettings {
  /** A free one unless it is given. */
  readonly port?: number;
  /** Are pages cut off from other origins, so that they may share memory between threads? */
  readonly isolated?: boolean;
  /** The content security policy of a path; `strictPolicy` unless it is given. */
  readonly policy?: (path: string) => string;
}

/** A folder that is being served on this machine. */
export interface Site extends AsyncDisposable {
  /** Its address without a slash at the end, as `http://localhost:8080`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the files of a folder on localhost, each under a content security policy; `file.gz` stands for `file` where it is there. */
export async function serveFolder(
  folder: string,
  { port = 0, isolated = false, policy = () => strictPolicy }: SiteSettings = {},
): Promise<Site> {
  const files = sirv(folder, { dev: true, etag: true, gzip: true });
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', policy(new URL(request.url ?? '/', 'http://localhost').pathname));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    files(request, response, () => {
      response.statusCode = 404;
      response.end('There is no such file.');
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, 'localhost', listening);
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  };
  const { port: given } = server.address() as AddressInfo;
  return { url: `http://localhost:${given}`, close, [Symbol.asyncDispose]: close };
}
