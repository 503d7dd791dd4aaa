import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strictPolicy } from './policy.ts';
import { serveFolder, type Site } from './site.ts';

let outside: string;
let folder: string;
let site: Site;
beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'nn-site-'));
  folder = join(outside, 'dist');
  for (const name of ['page', '.hidden']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), 'start');
  writeFileSync(join(folder, 'page', 'index.html'), 'a page');
  writeFileSync(join(folder, 'other.html'), 'another page');
  writeFileSync(join(folder, 'ü b.txt'), 'umlaut');
  writeFileSync(join(folder, 'script.js'), 'script');
  writeFileSync(join(folder, 'script.js.gz'), gzipSync('script'));
  writeFileSync(join(folder, '.env'), 'secret');
  writeFileSync(join(folder, '.hidden', 'file.txt'), 'secret');
  symlinkSync(join('..', 'secret.txt'), join(folder, 'out.txt'));
  symlinkSync('..', join(folder, 'up'));
  symlinkSync('.env', join(folder, 'env.txt'));
  symlinkSync('other.html', join(folder, 'inside.html'));
  site = await serveFolder(folder, { policy: (path) => (path.startsWith('/page/') ? 'page policy' : strictPolicy) });
});
afterAll(async () => {
  await site.close();
  rmSync(outside, { recursive: true });
});

interface Answer {
  readonly code: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends the path as it is: `fetch` would normalise it. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(site.url, { path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ code: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

test.each([
  ['/', 'start', 'text/html;charset=utf-8'],
  ['/?query=//', 'start', 'text/html;charset=utf-8'],
  ['/page', 'a page', 'text/html;charset=utf-8'],
  ['/page/', 'a page', 'text/html;charset=utf-8'],
  ['/other', 'another page', 'text/html;charset=utf-8'],
  ['/inside.html', 'another page', 'text/html;charset=utf-8'],
  ['/%C3%BC%20b.txt', 'umlaut', 'text/plain'],
  ['/script.js', 'script', 'text/javascript'],
])('%s is a file of the folder', async (path, body, type) => {
  const answer = await get(path);
  expect(answer).toMatchObject({ code: 200, body });
  expect(answer.headers['content-type']).toBe(type);
});

test.each(['//', '//evil.example/x', '/%', '/%zz', '/%ff', '/%00', '/a%5cb', 'http://localhost/', '*'])(
  '%s is answered with 400',
  async (path) => {
    expect((await get(path)).code).toBe(400);
    expect((await get('/')).body).toBe('start');
  },
);

test.each([
  '/.env',
  '/.hidden/file.txt',
  '/%2eenv',
  '/out.txt',
  '/up/secret.txt',
  '/env.txt',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/page/../index.html',
  '/none',
])('%s is answered with 404', async (path) => {
  const { code, body } = await get(path);
  expect(code).toBe(404);
  expect(body).not.toContain('secret');
});

test('a compressed file is sent to those who accept it', async () => {
  const { headers, body } = await get('/script.js', { 'accept-encoding': 'gzip' });
  expect(headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'text/javascript',
    vary: 'Accept-Encoding',
  });
  expect(body).not.toBe('script');
  expect((await get('/script.js')).headers['content-encoding']).toBeUndefined();
});

test('an unchanged file is not sent again', async () => {
  const { headers } = await get('/');
  expect(await get('/', { 'if-none-match': headers.etag! })).toMatchObject({ code: 304, body: '' });
});

test('the policy is that of the path, and is sent with every answer', async () => {
  expect((await get('/page/')).headers['content-security-policy']).toBe('page policy');
  for (const path of ['/', '/none', '//']) {
    expect((await get(path)).headers['content-security-policy']).toBe(strictPolicy);
  }
});

test('HEAD sends no content, other methods are refused', async () => {
  expect(await get('/', {}, 'HEAD')).toMatchObject({ code: 200, body: '' });
  expect(await get('/', {}, 'POST')).toMatchObject({ code: 405 });
});

describe('404.html', () => {
  beforeAll(() => writeFileSync(join(folder, '404.html'), 'no such page'));
  afterAll(() => rmSync(join(folder, '404.html')));

  test('is sent with code 404 where there is no file', async () => {
    const { code, body, headers } = await get('/none');
    expect([code, body]).toEqual([404, 'no such page']);
    expect(headers['content-type']).toBe('text/html;charset=utf-8');
    expect((await get('/.env')).body).toBe('no such page');
    expect((await get('/page/none')).headers['content-security-policy']).toBe(strictPolicy);
  });
});
