// Prints the measured size, speed and accessibility of the built site next to their limits: `pnpm --filter @nn/docs run bars`.
// The exit status is 1 if a limit is missed. Times depend on the machine and its load; sizes do not.
import { accessibilityViolations, launchChromium, type Loading, watchPage, weigh } from '@nn/browser';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { allCells } from '../cells/cell-files.ts';
import { figures } from '../figures/index.ts';
import { brokenLinks } from './broken-links.ts';
import { contentPages } from './content-pages.ts';
import { firstLoading, firstWeight } from './first-view.ts';
import { offlineFiles } from './offline-files.ts';
import { runCell } from './run-cells.ts';
import { serveSite, siteFolder } from './serve-site.ts';

let missed = 0;

/** Prints one line: the limit, the measured value, and whether the limit is met. */
function bar(name: string, limit: string, measured: string, reached: boolean): void {
  if (!reached) missed++;
  console.log(`${reached ? '✓' : '✗'} ${name.padEnd(52)} ${limit.padStart(12)} ${measured.padStart(12)}`);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const milliseconds = (time: number): string => `${Math.round(time)} ms`;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const pages = contentPages().filter(({ name }) => name !== '404');
const dots = '/layers/dot-product/';
await using site = await serveSite();
const browser = await launchChromium();
try {
  console.log(`${' '.repeat(55)}${'limit'.padStart(12)} ${'measured'.padStart(12)}`);
  await weights(browser);
  await loading(browser);
  cells();
  await running(browser);
  await pageChecks(browser);
  await offline(browser);
} finally {
  await browser.close();
}
process.exitCode = missed === 0 ? 0 : 1;

async function weights(browser: Browser): Promise<void> {
  const all = [];
  for (const { address } of pages) all.push({ address, ...(await firstWeight(browser, `${site.url}${address}`)) });
  const [heaviest] = all.toSorted((a, b) => b.total - a.total);
  const [most] = all.toSorted((a, b) => b.script - a.script);
  bar(
    `D1 first view, heaviest page (${heaviest!.address})`,
    '≤ 120 kB',
    kilobytes(heaviest!.total),
    heaviest!.total <= 120_000,
  );
  bar('D1 JavaScript before any interaction', '≤ 40 kB', kilobytes(most!.script), most!.script <= 40_000);

  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.goto(`${site.url}${dots}`, { waitUntil: 'networkidle' });
  const editor = weigh(page);
  await page.locator('nn-cell [data-part="code"]').first().focus();
  await page.locator('nn-cell .cm-content').first().waitFor();
  const { total: editing } = await editor();
  bar('D1 editor, on focus of a cell', '≤ 140 kB', kilobytes(editing), editing <= 140_000);
  const runner = weigh(page);
  await runCell(page, 0);
  const { files } = await runner();
  const worker = [...files]
    .filter(([path]) => /\/(runner|worker)\./.test(path))
    .reduce((sum, [, bytes]) => sum + bytes, 0);
  bar('D1 runner without the packages, on the first Run', '≤ 50 kB', kilobytes(worker), worker <= 50_000);
  await page.close();
}

async function loading(browser: Browser): Promise<void> {
  const seen: Loading[] = [];
  for (const address of ['/', dots, '/activations/why-activations/'])
    seen.push(await firstLoading(browser, `${site.url}${address}`));
  const worst = (pick: (of: Loading) => number): number => Math.max(...seen.map(pick));
  const [paint, blocking, shift] = [
    worst((of) => of.largestPaint),
    worst((of) => of.blocking),
    worst((of) => of.shift),
  ];
  bar('D2 LCP, 4× slower CPU, 1.6 Mbit/s, worst of 3', '≤ 1200 ms', milliseconds(paint), paint <= 1200);
  bar('D2 total blocking time, same conditions', '≤ 50 ms', milliseconds(blocking), blocking <= 50);
  bar('D2 cumulative layout shift, same conditions', '≤ 0.01', shift.toFixed(4), shift <= 0.01);
}

function cells(): void {
  const notebook = pages.flatMap(({ tags }) =>
    tags.filter(({ name, attributes }) => name === 'nn-cell' && attributes['in']),
  );
  bar('D3 notebook cells that run in the page', '15', String(notebook.length), notebook.length === 15);
  const shown = new Set(
    pages.flatMap(({ tags }) =>
      tags.flatMap(({ name, attributes }) =>
        name === 'nn-figure' ? [`${attributes['name']} ${attributes['f'] ?? ''}`] : [],
      ),
    ),
  );
  bar('D4 figures with text, table and keyboard', '≥ 18', String(shown.size), shown.size >= 18);
  console.log(
    `  (${allCells().length} cells and ${Object.keys(figures).length} figure types on ${pages.length} pages)`,
  );
}

async function running(browser: Browser): Promise<void> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < 5; round++) {
    await page.goto(`${site.url}${dots}`, { waitUntil: 'networkidle' });
    cold.push((await runCell(page, 0)).took);
    for (let again = 0; again < 5; again++) warm.push((await runCell(page, 0)).took);
  }
  bar('D5 first Run, median of 5', '≤ 300 ms', milliseconds(median(cold)), median(cold) <= 300);
  bar('D5 Run again, median of 25', '≤ 30 ms', milliseconds(median(warm)), median(warm) <= 30);
  await page.locator('nn-cell [data-part="code"]').first().focus();
  await page.locator('nn-cell .cm-content').first().press('ControlOrMeta+a');
  await page.keyboard.insertText('while (true) {}');
  const { took } = await runCell(page, 0);
  bar('D5 an endless loop is stopped after', '≤ 2200 ms', milliseconds(took), took <= 2200);
  await page.getByRole('button', { name: 'Restore' }).first().click();
  const { tone } = await runCell(page, 0);
  bar('D5 the next run works', 'yes', tone === 'good' ? 'yes' : 'no', tone === 'good');
  await page.close();
}

async function pageChecks(browser: Browser): Promise<void> {
  let [accessibility, foreign, stopped] = [0, 0, 0];
  for (const { address } of pages) {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const watched = await watchPage(page, site.url);
    await page.goto(`${site.url}${address}`, { waitUntil: 'networkidle' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      accessibility += (await accessibilityViolations(page)).length;
    }
    foreign += watched.foreign.length;
    stopped += watched.violations.length + watched.errors.length + watched.missing.length;
    await page.close();
  }
  const files = offlineFiles(siteFolder);
  const paths = files.map((file) => join(siteFolder, file.endsWith('/') ? `${file}index.html` : file));
  const kept = paths.reduce(
    (sum, path) => sum + (existsSync(`${path}.gz`) ? statSync(`${path}.gz`) : statSync(path)).size,
    0,
  );
  console.log(`  (${files.length} files, ${kilobytes(kept)}, are precached for offline use)`);
  const broken = brokenLinks(siteFolder).length;
  bar('D7 axe violations, every page, light and dark', '0', String(accessibility), accessibility === 0);
  bar('D8 broken links and anchors', '0', String(broken), broken === 0);
  bar('D9 requests to other origins', '0', String(foreign), foreign === 0);
  bar('   CSP violations, errors, missing files', '0', String(stopped), stopped === 0);
}

async function offline(browser: Browser): Promise<void> {
  const server = await serveSite();
  const page = await browser.newPage();
  await page.goto(`${server.url}/`);
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'));
  await server.close();
  let there = 0;
  for (const { address } of pages) {
    const answer = await page.goto(`${server.url}${address}`).catch(() => null);
    if (answer?.ok() === true) there++;
  }
  bar('D9 pages available offline after the first visit', String(pages.length), String(there), there === pages.length);
  await page.close();
}
