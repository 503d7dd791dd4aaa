// Takes the screenshots of the README from the built site: `pnpm --filter @nn/docs run screenshots`. With a folder as argument
// it takes every page at three widths, light and dark, for review: `… run screenshots /some/folder`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@nn/browser';
import type { Browser } from 'playwright-core';
import { contentPages } from './content-pages.ts';
import { runCell } from './run-cells.ts';
import { serveSite } from './serve-site.ts';

/** A screenshot: its page, viewport and preparation. */
interface Shot {
  readonly file: string;
  readonly address: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly whole?: boolean;
  /** The number of cells to run first. */
  readonly run?: number;
}

const pictures = join(import.meta.dirname, '../../pictures');
const readme: readonly Shot[] = [
  { file: 'start.png', address: '/', width: 1024, colorScheme: 'light', run: 1 },
  { file: 'sigmoid.png', address: '/activations/sigmoid/', width: 1280, colorScheme: 'dark' },
];
const everything = (): readonly Shot[] =>
  contentPages().flatMap(({ address, name, tags }) =>
    [1440, 1024, 360].flatMap((width) =>
      (['light', 'dark'] as const).map((colorScheme) => ({
        file: `${name}-${width}-${colorScheme}.png`,
        address: name === '404' ? '/404.html' : address,
        width,
        colorScheme,
        whole: true,
        run: tags.filter((tag) => tag.name === 'nn-cell').length,
      })),
    ),
  );

async function take(browser: Browser, origin: string, folder: string, shot: Shot): Promise<void> {
  const { file, address, width, colorScheme, whole = false, run = 0 } = shot;
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  await page.goto(`${origin}${address}`, { waitUntil: 'networkidle' });
  for (let cell = 0; cell < run; cell++) await runCell(page, cell);
  await page.screenshot({ path: join(folder, file), fullPage: whole });
  await page.close();
}

const folder = process.argv[2] ?? pictures;
mkdirSync(folder, { recursive: true });
await using site = await serveSite();
const browser = await launchChromium();
try {
  for (const shot of process.argv[2] === undefined ? readme : everything()) {
    await take(browser, site.url, folder, shot);
    console.log(join(folder, shot.file));
  }
} finally {
  await browser.close();
}
