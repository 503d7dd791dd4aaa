import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium, serveFolder, type Watched, watchPage } from '@nn/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { encodeLink } from '../src/state/link.ts';
import type { Settings } from '../src/state/schema.ts';

/** How a page is opened. */
export interface Opening extends BrowserContextOptions {
  /** What the address holds: settings, or anything from `#` on. */
  readonly at?: Settings | string;
}

/** A page of the playground, and what went wrong on it. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly watched: Watched;
}

/** The built playground, served under the strict policy, and a browser to look at it with. */
export interface Built {
  readonly url: string;
  readonly browser: Browser;
  open(opening?: Opening): Promise<Opened>;
  close(): Promise<void>;
}

/** Builds the playground into a folder. */
export async function buildInto(folder: string): Promise<void> {
  const root = join(import.meta.dirname, '..');
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
}

/** Builds the playground into a folder of its own, and serves it until it is closed. */
export async function buildPlayground(): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), 'nn-playground-'));
  await buildInto(folder);
  const site = await serveFolder(folder);
  const browser = await launchChromium();
  return {
    url: site.url,
    browser,
    async open({ at = '', ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      const watched = await watchPage(page, site.url);
      await page.goto(`${site.url}/${typeof at === 'string' ? at : await linkTo(at)}`);
      await page.locator('.readings').waitFor();
      await reportOf(page);
      return { page, watched, [Symbol.asyncDispose]: () => context.close() };
    },
    async close() {
      await browser.close();
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What stands in the address for some settings. */
export async function linkTo(settings: Settings): Promise<string> {
  return `#${await encodeLink(settings)}`;
}

/** Waits until there is a first report, with a loss in it. */
async function reportOf(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('.readings dd').length > 2);
}

/** The epoch that is shown. */
export async function epochOf(page: Page): Promise<number> {
  return Number((await page.locator('.readings dd').first().innerText()).replaceAll(',', ''));
}

/** Waits until so many epochs are shown. */
export async function epochReaches(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    (least) => Number(document.querySelector('.readings dd')!.textContent.replaceAll(',', '')) >= least,
    epoch,
    { timeout: 120_000 },
  );
}

/** Waits until exactly this epoch is shown. */
export async function epochIs(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('.readings dd')!.textContent.replaceAll(',', '') === String(wanted),
    epoch,
    { timeout: 60_000 },
  );
}

/** Waits until the painter has painted what it was last told. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        let last = '';
        let same = 0;
        const look = (): void => {
          const now = document.documentElement.dataset['frames'] ?? '';
          same = now === last && now !== '' ? same + 1 : 0;
          last = now;
          if (same > 20) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}
