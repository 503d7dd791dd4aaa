import { buildPackages } from '@nn/checks/build-packages';
import { temporaryFolder } from '@nn/checks/temporary-copy';
import { launchChromium, missingChromium, serveFolder, watchPage } from '@nn/browser';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seen } from '../pages/threads/training.ts';

// Without Chromium these tests are skipped, and missingChromium says why.
describe.skipIf(missingChromium !== undefined)(`threads in a browser ${missingChromium ?? ''}`, () => {
  const folder = temporaryFolder();
  let browser: Awaited<ReturnType<typeof launchChromium>> | undefined;
  beforeAll(async () => {
    buildPackages();
    await build({
      root: join(import.meta.dirname, '../pages/threads'),
      configFile: false,
      logLevel: 'error',
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
    });
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const visit = async (isolated: boolean): Promise<readonly Seen[]> => {
    await using site = await serveFolder(folder, { isolated });
    const page = await browser!.newPage();
    const watched = await watchPage(page, site.url);
    await page.goto(`${site.url}/`);
    await page.waitForFunction(() => document.body.dataset['page'] && document.body.dataset['worker']);
    const found = await page.evaluate(() => [document.body.dataset['page']!, document.body.dataset['worker']!]);
    expect(watched).toEqual({ violations: [], foreign: [], errors: [], missing: [] });
    await page.close();
    return found.map((text) => JSON.parse(text) as Seen);
  };

  test('share large loops where the page is cross-origin isolated, with the same bits', async () => {
    const all = { same: true, helped: true, listing: 'threads: 2, in the loops marked as shared' };
    expect(await visit(true)).toEqual([all, all]);
  });

  test('are one thread where it is not, and the listing says so', async () => {
    const listing = 'threads: 1, because the page is not cross-origin isolated, so that threads cannot share memory';
    const alone = { same: true, helped: false, listing };
    expect(await visit(false)).toEqual([alone, alone]);
  });
});
