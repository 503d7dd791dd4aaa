// `pnpm --filter @nn/playground run screens`: takes the screenshots of the README.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../src/state/presets.ts';
import { buildPlayground, epochReaches, type Opening, painted } from '../test/built.ts';

const folder = join(import.meta.dirname, '../screens');
const playground = await buildPlayground();
mkdirSync(folder, { recursive: true });

/** Opens an example, trains it for a number of epochs, and takes a screenshot. */
async function take(name: string, example: string, epochs: number, opening: Opening = {}): Promise<void> {
  const settings = { ...presets[example]!.settings, speed: '500' as const };
  await using opened = await playground.open({ at: settings, ...opening });
  const { page } = opened;
  await page.keyboard.press('Space');
  await epochReaches(page, epochs);
  await page.keyboard.press('Space');
  await painted(page);
  writeFileSync(join(folder, `${name}.png`), await page.screenshot());
  console.log(`screens/${name}.png`);
}

await take('spiral', 'notebook', 1500);
await take('sine', 'sine', 1000, { colorScheme: 'dark' });
await take('phone', 'deep', 300, {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 1.5,
});
await playground.close();
