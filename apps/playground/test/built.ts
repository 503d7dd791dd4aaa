import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium, serveFolder, type Watched, watchPage } from '@nn/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { encodeLink } from '../src/state/link.ts';
import type { Settings } from '../src/state/schema.ts';

/** Options for opening a page. */
export interface Opening extends BrowserContextOptions {
  /** Settings for the URL fragment, or the fragment itself with `#`. */
  readonly at?: Settings | string;
}

/** An open page with its recorded errors and policy violations. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly watched: Watched;
}

/** The built playground, served under the strict policy, with a browser. */
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

/** Builds the playground into a temporary folder and serves it until `close`. */
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

/** The URL fragment for some settings. */
export async function linkTo(settings: Settings): Promise<string> {
  return `#${await encodeLink(settings)}`;
}

/** Waits until the first report shows a loss. */
async function reportOf(page: Page): Promise<void> {
  await page.waitForFunction(() => /\d/.test(document.querySelectorAll('.readings dd')[1]?.textContent ?? ''));
}

/** The displayed epoch. */
export async function epochOf(page: Page): Promise<number> {
  return Number((await page.locator('.readings dd').first().innerText()).replaceAll(',', ''));
}

/** Waits until the displayed epoch is at least `epoch`. */
export async function epochReaches(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    (least) => Number(document.querySelector('.readings dd')!.textContent.replaceAll(',', '')) >= least,
    epoch,
    { timeout: 120_000 },
  );
}

/** Waits until the displayed epoch equals `epoch`. */
export async function epochIs(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('.readings dd')!.textContent.replaceAll(',', '') === String(wanted),
    epoch,
    { timeout: 60_000 },
  );
}

/** Waits until the frame count has been stable for 20 animation frames. */
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
