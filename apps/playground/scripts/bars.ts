// `pnpm --filter @nn/playground run bars`: measures the playground in Chromium and prints each result next to its limit.
import { accessibilityViolations, measureLoading, throttle, weigh } from '@nn/browser';
import type { Page } from 'playwright-core';
import { presets } from '../src/state/presets.ts';
import { type LayerSettings, type Settings, defaultSettings } from '../src/state/schema.ts';
import { buildPlayground, epochReaches, linkTo } from '../test/built.ts';

/** A measurement with its limit. */
interface Figure {
  readonly name: string;
  readonly value: string;
  readonly bar: string;
  readonly kept: boolean;
}

const figures: Figure[] = [];

/** Records and prints a measurement. `most`: the limit is a maximum. */
function note(name: string, value: number, unit: string, bar: number, most: boolean): void {
  const shown = (of: number): string => `${Number(of.toPrecision(4)).toLocaleString('en')} ${unit}`.trim();
  const kept = most ? value <= bar : value >= bar;
  figures.push({ name, value: shown(value), bar: `${most ? '≤' : '≥'} ${shown(bar)}`, kept });
  const { value: text, bar: limit } = figures.at(-1)!;
  console.log(`${kept ? '✓' : '✗'} ${name.padEnd(58)} ${text.padStart(16)}   ${limit}`);
}

const playground = await buildPlayground();

/** A new blank page in its own context. */
async function freshPage(): Promise<Page> {
  const context = await playground.browser.newContext({ viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

async function firstLoad(): Promise<void> {
  const page = await freshPage();
  const weight = weigh(page);
  await page.goto(`${playground.url}/`);
  await page.waitForFunction(() => Number(document.documentElement.dataset['frames'] ?? 0) > 0);
  await page.waitForLoadState('networkidle');
  const { total } = await weight();
  note('first load, gzip: HTML, CSS, JavaScript, workers', total / 1000, 'kB', 60, true);
  await page.keyboard.press('Space');
  await epochReaches(page, 1);
  const { total: all } = await weight();
  console.log(`  including the code that is loaded on the first interaction: ${(all / 1000).toFixed(1)} kB`);
  await page.context().close();
}

async function slowDevice(): Promise<void> {
  const page = await freshPage();
  await throttle(page, { cpu: 4, megabits: 1.6 });
  const loading = await measureLoading(page);
  await page.goto(`${playground.url}/`);
  await page.waitForFunction(() => Number(document.documentElement.dataset['frames'] ?? 0) > 0);
  await page.waitForTimeout(1000);
  const { largestPaint, blocking, shift } = await loading();
  note('largest contentful paint, 4× slower CPU, 1.6 Mbit/s', largestPaint, 'ms', 1000, true);
  note('blocking time, 4× slower CPU', blocking, 'ms', 50, true);
  note('layout shift', shift, '', 0.01, true);
  await page.context().close();
}

/** 250 samples, batch size 10, maximum speed. */
function race(...neurons: number[]): Settings {
  const layers = neurons.map((count): LayerSettings => ({ neurons: count, activation: 'tanh' }));
  return {
    ...defaultSettings,
    data: { ...defaultSettings.data, kind: 'disk', classes: 2, samples: 250, noise: 0.05 },
    networks: [{ layers, start: 'glorot', output: 'linear' }],
    training: { ...defaultSettings.training, optimizer: 'sgd', learningRate: 0.03, decay: 0, batch: 10 },
    speed: 'max',
  };
}

const seconds = 5;

async function speed(name: string, settings: Settings, bar: number): Promise<void> {
  const page = await freshPage();
  await page.goto(`${playground.url}/${await linkTo(settings)}`);
  await page.locator('.readings').waitFor();
  await page.keyboard.press('Space');
  await epochReaches(page, 100);
  // Wait for compilation and warm-up.
  await page.waitForTimeout(1500);
  const { epochs, frames, worst, long, painted } = await page.evaluate(async (span) => {
    const epoch = (): number => Number(document.querySelector('.readings dd')!.textContent.replaceAll(',', ''));
    const paintings = (): number => Number(document.documentElement.dataset['frames']);
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const before = { epoch: epoch(), time: performance.now(), paintings: paintings() };
    const gaps: number[] = [];
    let last = performance.now();
    while (last - before.time < span * 1000) {
      const now = await new Promise<number>((frame) => requestAnimationFrame(frame));
      gaps.push(now - last);
      last = now;
    }
    const time = (performance.now() - before.time) / 1000;
    return {
      epochs: (epoch() - before.epoch) / time,
      frames: gaps.length / time,
      worst: Math.max(...gaps.slice(1)),
      long: tasks.length,
      painted: (paintings() - before.paintings) / time,
    };
  }, seconds);
  note(`${name}: epochs per second`, epochs, '', bar, false);
  note(`${name}: frames per second`, frames, '', 58, false);
  note(`${name}: long tasks`, long, '', 0, true);
  console.log(`  worst frame ${worst.toFixed(0)} ms, ${painted.toFixed(0)} paints per second`);
  if (name.includes('8×6')) await reactions(page);
  await page.context().close();
}

/** Measures how fast the page and the trainer react while training runs at maximum speed. */
async function reactions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seenEvents: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const pauses: number[] = [];
  for (let round = 0; round < 10; round++) {
    pauses.push(
      await page.evaluate(
        () =>
          new Promise<number>((done) => {
            const status = document.querySelector('[role=status]')!;
            const before = status.textContent;
            const began = performance.now();
            new MutationObserver((_, observer) => {
              if (status.textContent === before || status.textContent === 'Training.') return;
              observer.disconnect();
              done(performance.now() - began);
            }).observe(status, { characterData: true, childList: true, subtree: true });
            document.querySelector<HTMLElement>('.play')!.click();
          }),
      ),
    );
    await page.locator('.play').click();
    await page.waitForFunction(() => document.querySelector('[role=status]')!.textContent === 'Training.');
    await page.getByRole('combobox', { name: 'Learning rate' }).selectOption(round % 2 ? '0.03' : '0.01');
    await page.getByRole('slider', { name: 'Speed' }).press('ArrowLeft');
    await page.getByRole('slider', { name: 'Speed' }).press('ArrowRight');
  }
  const events = await page.evaluate(() => (window as unknown as { seenEvents: number[] }).seenEvents);
  const late = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 16;
  note('reaction of a control at full speed, p95', late(events), 'ms', 50, true);
  note('time to pause training, p95', late(pauses), 'ms', 50, true);
}

async function accessibility(): Promise<void> {
  let found = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const at of [defaultSettings, ...Object.values(presets).map(({ settings }) => settings), '#nonsense']) {
      await using opened = await playground.open({ at, colorScheme });
      await opened.page.keyboard.press('.');
      found += (await accessibilityViolations(opened.page)).length;
    }
  }
  note('axe: violations in all examples, light and dark', found, '', 0, true);
}

await firstLoad();
await slowDevice();
await speed('2-4-2-1', race(4, 2), 2000);
await speed('2-8×6-1', race(8, 8, 8, 8, 8, 8), 300);
await speed('2-64-64-1', race(64, 64), 40);
await accessibility();
await playground.close();
const missed = figures.filter(({ kept }) => !kept);
console.log(`\n${figures.length - missed.length} of ${figures.length} limits are met.`);
process.exitCode = missed.length > 0 ? 1 : 0;
