import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityViolations,
  launchChromium,
  measureLoading,
  missingChromium,
  serveFolder,
  type Site,
  throttle,
  type Watched,
  watchPage,
  weigh,
} from '../src/index.ts';

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,"></head><body><main><h1>A page</h1>${body}</main></body></html>`;

const script = `
  document.body.dataset.isolated = String(crossOriginIsolated);
  WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(() => (document.body.dataset.wasm = 'compiled'));
`;

// Without Chromium these tests are skipped, and missingChromium says why.
describe.skipIf(missingChromium !== undefined)(`a browser ${missingChromium ?? ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nn-browser-'));
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    writeFileSync(join(folder, 'script.js'), script);
    writeFileSync(join(folder, 'well.html'), page('<p>All is well.</p><script src="/script.js"></script>'));
    writeFileSync(
      join(folder, 'faulty.html'),
      page(
        '<img src="http://localhost:9/elsewhere.png"><script>document.body.dataset.inline = "ran"</script>' +
          '<script src="/missing.js"></script><script src="/throws.js"></script>',
      ),
    );
    writeFileSync(join(folder, 'throws.js'), 'throw new Error("Nobody catches this.");');
    browser = await launchChromium();
    site = await serveFolder(folder);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true });
  });

  const visit = async (path: string): Promise<{ readonly opened: Page; readonly watched: Watched }> => {
    const opened = await browser.newPage();
    const watched = await watchPage(opened, site.url);
    await opened.goto(`${site.url}${path}`);
    return { opened, watched };
  };

  test('finds nothing on a page without faults', async () => {
    const { opened, watched } = await visit('/well.html');
    await opened.waitForFunction(() => document.body.dataset['wasm'] === 'compiled');
    expect(watched).toEqual({ violations: [], foreign: [], errors: [], missing: [] });
    expect(await accessibilityViolations(opened)).toEqual([]);
    await opened.close();
  });

  test('finds inline code, a foreign address, a missing file, an error and an image without alternative text', async () => {
    const { opened, watched } = await visit('/faulty.html');
    expect(await opened.evaluate(() => document.body.dataset['inline'])).toBeUndefined();
    expect(watched.violations.some((violation) => violation.startsWith('script-src'))).toBe(true);
    expect(watched.violations.some((violation) => violation.startsWith('img-src'))).toBe(true);
    expect(watched.missing).toEqual([`404 ${site.url}/missing.js`]);
    expect(watched.errors).toContain('Nobody catches this.');
    expect((await accessibilityViolations(opened)).map((line) => line.split(':')[0])).toContain('image-alt');
    await opened.close();
  });

  test('weighs what was loaded and measures how it loaded', async () => {
    const opened = await browser.newPage();
    const weight = weigh(opened);
    const loading = await measureLoading(opened);
    await throttle(opened, { cpu: 2, megabits: 10 });
    await opened.goto(`${site.url}/well.html`);
    await opened.waitForFunction(
      () => (window as unknown as { seenLoading: { largestPaint: number } }).seenLoading.largestPaint > 0,
    );
    const { files, script: scripts, total } = await weight();
    expect([...files.keys()]).toEqual(expect.arrayContaining(['/well.html', '/script.js']));
    expect(scripts).toBeGreaterThan(100);
    expect(total).toBeGreaterThan(scripts);
    expect((await loading()).largestPaint).toBeGreaterThan(0);
    await opened.close();
  });

  test('is cross-origin isolated only when asked', async () => {
    await using isolated = await serveFolder(folder, { isolated: true });
    const opened = await browser.newPage();
    await opened.goto(`${isolated.url}/well.html`);
    expect(await opened.evaluate(() => document.body.dataset['isolated'])).toBe('true');
    await opened.goto(`${site.url}/well.html`);
    expect(await opened.evaluate(() => document.body.dataset['isolated'])).toBe('false');
    await opened.close();
  });
});
