import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { strictPolicy } from './policy.ts';

/** How a folder is served. */
export interface SiteSettings {
  /** A free port by default. */
  readonly port?: number;
  /** Whether pages are cross-origin isolated, so that threads can share memory. */
  readonly isolated?: boolean;
  /** The content security policy of a path; `strictPolicy` by default. */
  readonly policy?: (path: string) => string;
}

/** A folder served on localhost. */
export interface Site extends AsyncDisposable {
  /** Its address without a final slash, such as `http://localhost:8080`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a folder on localhost under a content security policy. Where `file.gz` exists, it is sent for `file`. */
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
      response.end('File not found.');
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
