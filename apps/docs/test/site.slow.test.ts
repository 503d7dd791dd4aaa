import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  accessibilityViolations,
  expectScreen,
  launchChromium,
  missingChromium,
  serveFolder,
  type Site,
  strictPolicy,
  watchPage,
  weigh,
} from '@nn/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allCells } from '../src/cells/cell-files.ts';
import { brokenLinks, builtPages } from '../src/site/broken-links.ts';
import { contentPages } from '../src/site/content-pages.ts';
import { firstWeight } from '../src/site/first-view.ts';
import { runCell } from '../src/site/run-cells.ts';
import { serveSite, siteFolder } from '../src/site/serve-site.ts';

const app = join(import.meta.dirname, '..');
const pages = contentPages().filter(({ name }) => name !== '404');
const node = process.execPath;

let site: Site;
let browser: Browser;

beforeAll(async () => {
  execFileSync('pnpm', ['run', 'site'], { cwd: app, stdio: 'pipe' });
  if (missingChromium !== undefined) return;
  site = await serveSite();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens a page and records its errors, policy violations and foreign requests. */
async function open(address: string, settings: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage({ viewport: { width: 1024, height: 800 }, serviceWorkers: 'block', ...settings });
  const watched = await watchPage(page, site.url);
  await page.goto(`${site.url}${address}`, { waitUntil: 'networkidle' });
  const expectNothingWrong = (): void =>
    expect(watched).toEqual({ violations: [], foreign: [], errors: [], missing: [] });
  return { page, watched, expectNothingWrong, [Symbol.asyncDispose]: () => page.close() };
}

const focusCode = (page: Page, at: number) => page.locator('nn-cell [data-part="code"]').nth(at).focus();
const descriptionOf = (page: Page) => page.locator('nn-figure [data-part="description"]').first().textContent();

/** Replaces the code of the first cell in the editor. */
async function write(page: Page, code: string): Promise<void> {
  await focusCode(page, 0);
  const editor = page.locator('nn-cell .cm-content').first();
  await editor.waitFor();
  await editor.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

describe('the built site', () => {
  test('has no broken link, file or anchor', () => {
    expect(builtPages(siteFolder).size).toBeGreaterThan(pages.length);
    expect(brokenLinks(siteFolder)).toEqual([]);
  });

  test('has no inline scripts and no inline styles', () => {
    for (const html of builtPages(siteFolder).values()) {
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>\s*\S/);
      expect(html).not.toMatch(/<style[\s>]|<[^>]*\sstyle="/);
    }
  });

  test('every cell prints its recorded output in Node', () => {
    for (const { path, output } of allCells()) {
      const printed = execFileSync(node, ['--conditions=@nn/source', path], { encoding: 'utf8' });
      expect(printed.replace(/\n$/, ''), path).toBe(output);
    }
  });
});

describe.skipIf(missingChromium !== undefined)('in Chromium', () => {
  describe.each(pages.map((page) => [page.address, page] as const))('%s', (address, { name, tags }) => {
    test('has no policy violation, no foreign request and no axe violation in either scheme, and fits a narrow screen', async () => {
      await using opened = await open(address);
      for (const colorScheme of ['light', 'dark'] as const) {
        await opened.page.emulateMedia({ colorScheme });
        expect(await accessibilityViolations(opened.page), colorScheme).toEqual([]);
      }
      await opened.page.setViewportSize({ width: 360, height: 740 });
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(await accessibilityViolations(opened.page), 'narrow').toEqual([]);
      opened.expectNothingWrong();
    });

    test('every control of its figures works by keyboard', async () => {
      await using opened = await open(address);
      const { page } = opened;
      for (const figure of await page.locator('nn-figure').all()) {
        const picture = figure.locator('[data-part="picture"]');
        for (const slider of await figure.locator('input[type="range"]').all()) {
          const before = await picture.innerHTML();
          const [value, max] = [await slider.inputValue(), await slider.getAttribute('max')];
          await slider.press(Number(value) < Number(max) ? 'ArrowRight' : 'ArrowLeft');
          await expect.poll(() => picture.innerHTML()).not.toBe(before);
        }
        for (const choice of await figure.locator('select').all()) {
          const before = await picture.innerHTML();
          await choice.press('ArrowDown');
          await expect.poll(() => picture.innerHTML()).not.toBe(before);
        }
        for (const button of await figure.locator('button').all()) {
          const before = await picture.innerHTML();
          await button.press('Enter');
          // A plain button may change nothing in the initial state, for example Reset.
          if ((await button.getAttribute('aria-pressed')) === null) continue;
          await expect.poll(() => picture.innerHTML()).not.toBe(before);
          if ((await button.getAttribute('aria-pressed')) === 'true') await button.press('Enter');
        }
      }
      opened.expectNothingWrong();
    });

    test('loads at most 120 kB first, 40 kB of it JavaScript', async () => {
      const { total, script } = await firstWeight(browser, `${site.url}${address}`);
      expect(total).toBeLessThanOrEqual(120_000);
      expect(script).toBeLessThanOrEqual(40_000);
    });

    test('is readable without JavaScript: text, code, output, pictures and tables', async () => {
      await using opened = await open(address, { javaScriptEnabled: false });
      for (const tag of tags) {
        if (tag.name === 'nn-cell') {
          const cell = opened.page.locator(`nn-cell[n="${tag.attributes['n']}"]`);
          expect((await cell.locator('.expressive-code').innerText()).length).toBeGreaterThan(20);
          expect(await cell.getByRole('button', { name: /^Run/ }).isVisible()).toBe(false);
        } else if (tag.name === 'nn-figure') {
          const figure = opened.page.locator(`nn-figure[name="${tag.attributes['name']}"]`).first();
          expect(await figure.locator('svg').isVisible()).toBe(true);
          expect(await figure.locator('[data-part="controls"]').isVisible()).toBe(false);
        }
      }
      expect(await opened.page.locator('main h1').isVisible()).toBe(true);
    });

    test('every cell prints its recorded output in the page', async () => {
      await using opened = await open(address);
      const cells = allCells().filter((cell) => cell.page === name);
      for (const [at, cell] of cells.entries()) {
        const { tone, printed, says } = await runCell(opened.page, at);
        expect(printed, says).toBe(cell.output);
        expect(tone).toBe('good');
      }
      expect(await accessibilityViolations(opened.page)).toEqual([]);
      opened.expectNothingWrong();
    });
  });

  test('an endless loop is stopped, and the next run works', async () => {
    await using opened = await open('/layers/dot-product/');
    await write(opened.page, 'while (true) {}');
    expect(await runCell(opened.page, 0)).toMatchObject({ tone: 'bad', says: expect.stringContaining('Stopped') });
    await opened.page.getByRole('button', { name: 'Restore' }).first().click();
    expect(await runCell(opened.page, 0)).toMatchObject({ tone: 'good' });
    opened.expectNothingWrong();
  });

  test('a cell that awaits or prints without end is stopped', async () => {
    await using opened = await open('/layers/dot-product/');
    await write(opened.page, 'await new Promise(() => {});');
    expect((await runCell(opened.page, 0)).says).toContain('Stopped');
    await write(opened.page, 'for (;;) console.log("again");');
    expect((await runCell(opened.page, 0)).says).toContain('1000 lines');
  });

  test('an error is shown with its line and the output before it', async () => {
    await using opened = await open('/layers/dot-product/');
    await write(opened.page, "console.log('before');\nnull.f();");
    const { says, printed } = await runCell(opened.page, 0);
    expect(says).toMatch(/^Line 2: TypeError: /);
    expect(printed).toBe('before');
    expect(await accessibilityViolations(opened.page)).toEqual([]);
  });

  test('the editor is loaded on focus and the runner on the first run', async () => {
    await using opened = await open('/layers/dot-product/');
    const weighed = weigh(opened.page);
    const paths = async (): Promise<string> => [...(await weighed()).files.keys()].join(' ');
    await focusCode(opened.page, 0);
    await opened.page.locator('nn-cell .cm-content').first().waitFor();
    expect(await paths()).toMatch(/editor/);
    expect(await paths()).not.toMatch(/\/run\//);
    await runCell(opened.page, 0);
    expect(await paths()).toMatch(/\/run\/worker/);
  });

  test('Shift+Enter runs a cell with and without the editor, and Escape leaves the editor', async () => {
    await using opened = await open('/layers/dot-product/');
    const { page, expectNothingWrong } = opened;
    await focusCode(page, 0);
    await page.locator('nn-cell .cm-content').first().waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.locator('nn-cell [data-part="live"][data-tone="good"]').first().waitFor();
    expect(await page.locator('nn-cell .cm-content').first().innerText()).toContain('console.log');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
    expectNothingWrong();
  });

  test('a cell runs the cells before it first, in one scope', async () => {
    await using opened = await open('/layers/dense-layer/');
    await opened.page.locator('nn-cell [data-part="code"]').nth(1).focus();
    const editor = opened.page.locator('nn-cell').nth(1).locator('.cm-content');
    await editor.waitFor();
    await editor.press('ControlOrMeta+End');
    await opened.page.keyboard.insertText('\nconsole.log(new LayerDense(2, 3).biases.shape);');
    const { printed, tone } = await runCell(opened.page, 1);
    expect(printed).toMatch(/\n\[ 1, 3 \]$/);
    expect(tone).toBe('plain');
  });

  test('if the host blocks eval in the worker, a cell says so and shows its recorded output', async () => {
    await using strict = await serveFolder(siteFolder, { policy: () => strictPolicy });
    const page = await browser.newPage();
    await page.goto(`${strict.url}/layers/dot-product/`);
    const { tone, says } = await runCell(page, 0);
    expect(tone).toBe('bad');
    expect(says).toContain('This server does not allow cells to run');
    expect(await page.locator('[data-part="stored"] pre').first().innerText()).toBe('[48. 54. 60.]');
    await page.close();
  });

  test('a cell has no access to the network', async () => {
    await using opened = await open('/layers/dot-product/');
    await write(opened.page, "await fetch('/favicon.svg');");
    expect((await runCell(opened.page, 0)).tone).toBe('bad');
  });

  test('the arrow keys on the picture of a figure change it and its description', async () => {
    await using opened = await open('/activations/sigmoid/');
    const { page, expectNothingWrong } = opened;
    expect(await descriptionOf(page)).toContain('At x = 1,');
    await page.locator('nn-figure [data-part="picture"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() =>
      document.querySelector('[data-part="description"]')!.textContent.includes('x = 1.1'),
    );
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() =>
      document.querySelector('[data-part="description"]')!.textContent.includes('x = 0.9'),
    );
    expectNothingWrong();
  });

  test('a figure reacts to sliders, dragging and touch', async () => {
    await using opened = await open('/activations/sigmoid/', { hasTouch: true });
    const { page, expectNothingWrong } = opened;
    await page.getByRole('slider', { name: 'x' }).fill('-2');
    await page.waitForFunction(() =>
      document.querySelector('[data-part="description"]')!.textContent.includes('x = −2'),
    );
    const svg = page.locator('nn-figure svg').first();
    const { x, y, width, height } = (await svg.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.8, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => /x = [34]/.test(document.querySelector('[data-part="description"]')!.textContent));
    await page.touchscreen.tap(x + width * 0.2, y + height / 2);
    await page.waitForFunction(() =>
      /x = −[45]/.test(document.querySelector('[data-part="description"]')!.textContent),
    );
    expectNothingWrong();
  });

  test('the sine figure trains its networks in the page', async () => {
    await using opened = await open('/activations/why-activations/');
    const { page, expectNothingWrong } = opened;
    await page.getByRole('button', { name: 'Untrained' }).click();
    await page.waitForFunction(() =>
      document.querySelector('[data-part="description"]')!.textContent.startsWith('After 0 training steps'),
    );
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.waitForFunction(() =>
      /^After [1-9]\d\d training steps/.test(document.querySelector('[data-part="description"]')!.textContent),
    );
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    expect(await page.getByRole('button', { name: 'Train', exact: true }).getAttribute('aria-pressed')).toBe('false');
    expectNothingWrong();
  });

  test.each([
    ['dead neuron', 'ReLU'],
    ['vanishing gradient', 'vanishing gradient'],
    ['np.clip', 'From NumPy'],
  ])('search finds “%s”', async (query, title) => {
    await using opened = await open('/');
    const { page, expectNothingWrong } = opened;
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('searchbox').fill(query);
    await page.locator('dialog li a').filter({ hasText: title }).first().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expectNothingWrong();
  });

  test('after the first visit every page, its cells and the search work offline', async () => {
    const server = await serveSite();
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'));
    await server.close();
    for (const { address } of pages) {
      await page.goto(`${server.url}${address}`);
      expect(await page.locator('main h1').isVisible(), address).toBe(true);
    }
    await page.goto(`${server.url}/layers/dot-product/`);
    expect(await runCell(page, 0)).toMatchObject({ tone: 'good', printed: '[48. 54. 60.]' });
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('searchbox').fill('dead neuron');
    expect(await page.locator('dialog li a').first().innerText()).toContain('ReLU');
    await page.close();
  });

  test.each([
    ['activation', '/activations/sigmoid/'],
    ['softmax', '/activations/softmax/'],
    ['gradient-descent', '/learning/gradient-descent/'],
  ])('the picture of %s matches its screenshot', async (name, address) => {
    await using opened = await open(address, { colorScheme: 'light' });
    const picture = await opened.page.locator('nn-figure svg').first().screenshot();
    expectScreen(name, picture, { folder: join(app, 'test/screens'), allowed: 0.03 });
  });
});
