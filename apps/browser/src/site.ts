import { createReadStream, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import { lookup } from 'mrmime';
import { strictPolicy } from './policy.ts';

/** How a folder is served. */
export interface SiteSettings {
  /** A free one unless it is given. */
  readonly port?: number;
  /** Whether pages are isolated from other origins, so that they may share memory between threads. */
  readonly isolated?: boolean;
  /** The content security policy of a path; `strictPolicy` unless it is given. */
  readonly policy?: (path: string) => string;
}

/** A folder that is served on this machine. */
export interface Site extends AsyncDisposable {
  /** Its address without a slash at the end, such as `http://localhost:8080`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the files of a folder on localhost, each under a content security policy.
 *
 * `/page` and `/page/` also stand for `page.html` and `page/index.html`. `file.gz` is sent in the place of `file` where it
 * exists and the browser takes it. Hidden files, and links that lead out of the folder, are not served. Where there is no
 * file, `404.html` is sent if there is one.
 */
export async function serveFolder(
  folder: string,
  { port = 0, isolated = false, policy = () => strictPolicy }: SiteSettings = {},
): Promise<Site> {
  const root = realpathSync(folder);
  const server = createServer((request, response) => {
    const path = pathOf(request.url);
    response.setHeader('Content-Security-Policy', policy(path ?? '/'));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'Only GET and HEAD are answered.');
    } else if (path === undefined) {
      sendText(response, 400, 'The address cannot be parsed.');
    } else {
      const file = findPage(root, path);
      const missing = file === undefined ? findFile(root, '/404.html') : undefined;
      if (file !== undefined) sendFile(request, response, root, file, 200);
      else if (missing !== undefined) {
        response.setHeader('Content-Security-Policy', policy(missing)); // its own: it is a page wherever it is sent
        sendFile(request, response, root, missing, 404);
      } else sendText(response, 404, 'There is no such file.');
    }
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

/** The decoded path of a request; undefined when the address cannot be parsed. */
function pathOf(address: string | undefined): string | undefined {
  // Two slashes at the start would name another host, and an address with a host is for a proxy.
  if (address === undefined || !/^\/(?!\/)/.test(address)) return undefined;
  try {
    const path = decodeURIComponent(address.replace(/[?#].*$/s, ''));
    return /[\0\\]/.test(path) ? undefined : path;
  } catch {
    return undefined; // a % that two digits do not follow, or bytes that are not UTF-8
  }
}

/** The name of a file in a folder, from its root on; undefined where there is none that may be served. */
function findPage(root: string, path: string): string | undefined {
  const names = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
  return names.find((name) => findFile(root, name) !== undefined);
}

function findFile(root: string, name: string): string | undefined {
  if (/\/\./.test(name)) return undefined; // hidden files, and `..`
  try {
    const real = realpathSync(join(root, name));
    const hidden = real.slice(root.length).includes(`${sep}.`);
    return real.startsWith(root + sep) && !hidden && statSync(real).isFile() ? name : undefined;
  } catch {
    return undefined;
  }
}

function sendFile(request: IncomingMessage, response: ServerResponse, root: string, name: string, code: number): void {
  const accepted = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const compressed = findFile(root, `${name}.gz`);
  const sent = accepted && compressed !== undefined ? compressed : name;
  const path = join(root, sent);
  const { size, mtimeMs } = statSync(path);
  const type = lookup(name) ?? 'application/octet-stream';
  const tag = `W/"${size}-${mtimeMs}"`;
  response.setHeader('Content-Type', type === 'text/html' ? 'text/html;charset=utf-8' : type);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('ETag', tag);
  if (compressed !== undefined) response.setHeader('Vary', 'Accept-Encoding');
  if (code === 200 && request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  if (sent !== name) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(code, { 'Content-Length': size });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
}

function sendText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'Content-Type': 'text/plain;charset=utf-8' }).end(text);
}
