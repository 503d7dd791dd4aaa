// `pnpm --filter @nn/playground run soak [minutes]`: trains for ten minutes at maximum speed and measures the memory
// of the page and its workers.
import { launchChromium, serveFolder } from '@nn/browser';
import { presets } from '../src/state/presets.ts';
import { buildInto, linkTo } from '../test/built.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const minutes = Number(process.argv[2] ?? 10);
const bar = 10;

const folder = mkdtempSync(join(tmpdir(), 'nn-soak-'));
await buildInto(folder);
// Chromium reports the memory of workers only to isolated pages, and without delay only with this flag.
const site = await serveFolder(folder, { isolated: true });
const browser = await launchChromium(['--enable-blink-features=ForceEagerMeasureMemory']);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`${site.url}/${await linkTo({ ...presets['deep']!.settings, speed: 'max' })}`);
await page.locator('.readings').waitFor();
await page.keyboard.press('Space');

/** Memory of the page and its workers together, in megabytes. */
const memory = (): Promise<number> =>
  page.evaluate(async () => {
    const { bytes } = await (
      performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> }
    ).measureUserAgentSpecificMemory();
    return bytes / 1e6;
  });

// The snapshots and the history of the curves reach their limits in the first minute.
await page.waitForTimeout(60_000);
const first = await memory();
console.log(
  `after 1 minute: ${first.toFixed(1)} MB, ${await page.locator('.readings').innerText()}`.replaceAll('\n', ' '),
);
let last = first;
for (let minute = 2; minute <= minutes; minute++) {
  await page.waitForTimeout(60_000);
  last = await memory();
  console.log(`after ${minute} minutes: ${last.toFixed(1)} MB`);
}
await browser.close();
await site.close();
rmSync(folder, { recursive: true, force: true });
const growth = last - first;
const kept = growth < bar;
console.log(`${kept ? '✓' : '✗'} growth ${growth.toFixed(1)} MB   < ${bar} MB`);
process.exitCode = kept ? 0 : 1;
