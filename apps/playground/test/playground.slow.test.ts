import { accessibilityViolations, expectScreen, missingChromium } from '@nn/browser';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Experiment } from '../src/engine/experiment.ts';
import * as learnerModule from '../src/engine/learner.ts';
import { decodeLink } from '../src/state/link.ts';
import { presets } from '../src/state/presets.ts';
import { type Settings, defaultSettings } from '../src/state/schema.ts';
import { lossText } from '../src/state/sentences.ts';
import { buildPlayground, type Built, epochIs, epochOf, epochReaches, type Opened, painted } from './built.ts';

const preset = (name: string): Settings => presets[name]!.settings;
const nothingWrong = { violations: [], foreign: [], errors: [], missing: [] };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

// Where there is no Chromium nothing here can run: missingChromium says so.
describe.skipIf(missingChromium !== undefined)(`the playground ${missingChromium ?? ''}`, () => {
  let built: Built;
  beforeAll(async () => {
    built = await buildPlayground();
  });
  afterAll(() => built.close());

  /** The settings in the URL, once they satisfy a condition. */
  const address = async (page: Page, fits: (settings: Settings) => boolean): Promise<Settings> => {
    await expect
      .poll(async () => fits((await decodeLink(new URL(page.url()).hash)).settings), { timeout: 30_000 })
      .toBe(true);
    return (await decodeLink(new URL(page.url()).hash)).settings;
  };
  const loss = (page: Page): Promise<string> => page.locator('.readings dd').nth(1).innerText();
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  describe('opens', () => {
    test('with the notebook’s network, without shared memory and without policy violations', async () => {
      await using opened = await built.open();
      const { page, watched } = opened;
      expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
      expect(await epochOf(page)).toBe(0);
      expect(await loss(page)).toBe('1.099');
      expect(await page.getByRole('spinbutton', { name: 'neurons of layer 1' }).inputValue()).toBe('64');
      await page.keyboard.press('Space');
      await epochReaches(page, 20);
      await page.keyboard.press('Space');
      expect(Number(await loss(page))).toBeLessThan(1.09);
      expect(watched).toEqual(nothingWrong);
    });

    test.each(Object.keys(presets))('example %s, which trains without errors', async (name) => {
      await using opened = await built.open();
      const { page, watched } = opened;
      await page.getByRole('combobox', { name: 'Open an example' }).selectOption(name);
      await expect.poll(() => page.locator('.notice').innerText()).toContain(presets[name]!.title);
      await button(page, 'Step').click();
      await page.waitForFunction(() => document.querySelector('[role=status]')!.textContent !== '');
      expect(watched).toEqual(nothingWrong);
    });

    test.each([
      ['of another version', '#v7.abc'],
      ['that is truncated', '#v1.7VbB'],
      ['with invalid characters', '#v1.%3Cscript%3Ealert(1)%3C/script%3E'],
      ['with HTML in it', '#<img src=x onerror=alert(1)>'],
      ['that is very long', `#v1.${'A'.repeat(60_000)}`],
    ])('a link %s with a notice and the default settings', async (_, at) => {
      await using opened = await built.open({ at });
      const { page, watched } = opened;
      expect(await page.getByRole('alert').innerText()).toContain('Parts of this link could not be read');
      expect(await loss(page)).toBe('1.099');
      expect(watched).toEqual(nothingWrong);
    });

    test('a link with values out of range with a notice that names them as text', async () => {
      const at = {
        ...defaultSettings,
        training: { ...defaultSettings.training, learningRate: 1e9 },
        data: { ...defaultSettings.data, kind: '<b onclick=alert(1)>' as 'spiral' },
      };
      await using opened = await built.open({ at });
      const { page, watched } = opened;
      const alert = await page.getByRole('alert').innerText();
      expect(alert).toContain('training.learningRate is 1000000000, but must be a number from 0 to 10; 0.05 is used.');
      expect(alert).toContain('data.kind is <b onclick=alert(1)>');
      expect(await page.locator('.notice b').count()).toBe(0);
      expect(watched).toEqual(nothingWrong);
    });
  });

  describe('by keyboard', () => {
    test('trains, pauses, steps forward and back, and resets', async () => {
      await using opened = await built.open();
      const { page } = opened;
      for (const epoch of [1, 2, 3]) {
        await page.keyboard.press('.');
        await epochIs(page, epoch);
      }
      const third = await loss(page);
      await page.keyboard.press(',');
      await epochIs(page, 2);
      await page.keyboard.press('.');
      await epochIs(page, 3);
      expect(await loss(page)).toBe(third);
      await page.keyboard.press('r');
      await epochIs(page, 0);
      expect(await loss(page)).toBe('1.099');
      await page.keyboard.press('n');
      const { seed } = await address(page, (settings) => settings.seed !== 0);
      expect(seed).toBeGreaterThan(0);
      await page.keyboard.press('Space');
      await epochReaches(page, 2);
      expect(await page.locator('.play').getAttribute('data-running')).toBe('true');
      await page.keyboard.press('Space');
      await expect.poll(() => page.locator('.play').getAttribute('data-running')).toBe('false');
    });

    test('Space starts training while a slider is focused, and presses a focused button', async () => {
      await using opened = await built.open();
      const { page } = opened;
      await page.getByRole('slider', { name: 'Speed' }).focus();
      await page.keyboard.press('Space');
      await epochReaches(page, 2);
      await button(page, 'Reset').focus();
      await page.keyboard.press('Space');
      await epochIs(page, 0);
      expect(await page.locator('.play').getAttribute('data-running')).toBe('false');
    });

    test('focuses every panel by its number, and opens and closes the help', async () => {
      await using opened = await built.open();
      const { page } = opened;
      for (const [at, title] of ['Data', 'Network', 'Training', 'Curves'].entries()) {
        await page.keyboard.press(String(at + 1));
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(title);
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await page.getByRole('dialog').innerText()).toContain('Train or pause');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
    });

    test('moves between neurons with one tab stop, inspects and pins them', async () => {
      await using opened = await built.open({ at: preset('deep') });
      const { page } = opened;
      await page.locator('.neuron').first().focus();
      const at = (): Promise<string | null | undefined> =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      expect(await at()).toBe('Layer 1, ReLU, neuron 1 of 16');
      await page.keyboard.press('ArrowDown');
      expect(await at()).toBe('Layer 1, ReLU, neuron 2 of 16');
      await page.keyboard.press('ArrowRight');
      expect(await at()).toBe('Layer 2, ReLU, neuron 2 of 16');
      await page.keyboard.press('ArrowRight');
      expect(await at()).toBe('Output, neuron 1 of 3');
      await page.locator('.neuron-card li').nth(16).waitFor();
      expect(await page.locator('.tag').innerText()).toBe('Output · neuron 1');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await at()).not.toContain('neuron');
      expect(await page.locator('.tag').innerText()).toBe('Output · neuron 1');
      // Escape unpins it from anywhere on the page.
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.tag').count()).toBe(0);
    });

    test('reaches every control', async () => {
      await using opened = await built.open({ at: preset('sine') });
      const { page } = opened;
      const wanted = await page.evaluate(() => {
        const all = document.querySelectorAll<HTMLElement>('button, select, input, [tabindex="0"]');
        const reachable = [...all].filter((each) => each.tabIndex >= 0 && !(each as HTMLButtonElement).disabled);
        // Of radio buttons Tab reaches the selected one.
        const stops = reachable.filter(
          (each) => !(each instanceof HTMLInputElement && each.type === 'radio' && !each.checked),
        );
        stops.forEach((each, index) => (each.dataset['stop'] = String(index)));
        return stops.length;
      });
      const reached = new Set<string>();
      for (let press = 0; press < wanted * 2 && reached.size < wanted; press++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['stop']);
        if (stop !== undefined) reached.add(stop);
      }
      expect(wanted).toBeGreaterThan(30);
      expect(reached.size).toBe(wanted);
    });

    test('moves along the curves and reads out the values', async () => {
      await using opened = await built.open();
      const { page } = opened;
      for (const epoch of [1, 2, 3]) {
        await page.keyboard.press('.');
        await epochIs(page, epoch);
      }
      const curve = page.getByRole('slider', { name: 'Loss over the epochs' });
      await curve.focus();
      expect(await curve.getAttribute('aria-valuetext')).toMatch(/^Epoch 3: train /);
      await page.keyboard.press('ArrowLeft');
      expect(await curve.getAttribute('aria-valuetext')).toMatch(/^Epoch 2: train /);
      await page.keyboard.press('Home');
      expect(await curve.getAttribute('aria-valuetext')).toBe('Epoch 0: train 1.099');
    });
  });

  /** Uses every control once, each by `press` or by choosing, and expects the settings to follow. */
  const useEverything = async (
    page: Page,
    press: (name: string) => Promise<void>,
    tab: (name: string) => Promise<void>,
  ) => {
    await press('Step');
    await epochIs(page, 1);
    await press('Back');
    await epochIs(page, 0);
    await press('Train');
    await epochReaches(page, 2);
    await press('Pause');
    await press('Reset');
    await epochIs(page, 0);
    await press('New seed');
    await address(page, ({ seed }) => seed !== 0);
    await tab('Data');
    for (const kind of ['Circle', 'XOR', 'Blobs', 'Moons', 'Rings', 'Sine', 'Plane', 'Spiral']) {
      await page.getByRole('radio', { name: kind }).check({ force: true });
    }
    await page.getByRole('slider', { name: 'Classes' }).fill('5');
    await page.getByRole('slider', { name: 'Noise' }).fill('0.1');
    await page.getByRole('slider', { name: 'Samples' }).fill('250');
    await page.getByRole('slider', { name: 'Test split' }).fill('0.2');
    await press('Draw a fresh sample');
    await tab('Network');
    await page.getByRole('spinbutton', { name: 'neurons of layer 1' }).fill('5');
    await page.getByRole('spinbutton', { name: 'neurons of layer 1' }).blur();
    await press('Fewer neurons of layer 1');
    await press('More neurons of layer 1');
    await press('Layer');
    await page.getByRole('combobox', { name: 'Activation of layer 2' }).selectOption('Tanh');
    await page.getByRole('combobox', { name: 'Initializer' }).selectOption('He normal');
    await page.getByRole('combobox', { name: 'Output activation' }).selectOption('Linear');
    await press('Compare');
    await press('Remove layer 1');
    await press('A');
    await tab('Training');
    await page.getByRole('combobox', { name: 'Optimizer' }).selectOption('SGD');
    await page.getByRole('combobox', { name: 'Learning rate' }).selectOption('0.1');
    await page.getByRole('combobox', { name: 'Decay' }).selectOption('0.001');
    await page.getByRole('combobox', { name: 'Batch size' }).selectOption('16');
    await page.getByRole('combobox', { name: 'Momentum' }).selectOption('0.9');
    await page.getByRole('checkbox', { name: 'Nesterov' }).check();
    await page.getByRole('combobox', { name: 'L1' }).selectOption('0.00001');
    await page.getByRole('combobox', { name: 'L2' }).selectOption('0.001');
    await page.getByRole('slider', { name: 'Speed' }).fill('5');
    await page.getByRole('combobox', { name: 'Step by' }).selectOption('Batch');
    const settings = await address(page, ({ stride }) => stride === 'batch');
    expect(settings).toMatchObject({
      data: { kind: 'spiral', classes: 5, noise: 0.1, samples: 250, test: 0.2 },
      networks: [
        {
          layers: [
            { neurons: 5, activation: 'relu' },
            { neurons: 5, activation: 'tanh' },
          ],
          start: 'he',
          output: 'linear',
        },
        { layers: [{ neurons: 5, activation: 'tanh' }] },
      ],
      training: {
        optimizer: 'sgd',
        learningRate: 0.1,
        decay: 0.001,
        batch: 16,
        momentum: 0.9,
        nesterov: true,
        l1: 0.00001,
        l2: 0.001,
      },
      speed: 'max',
    });
    expect(settings.data.seed).toBeGreaterThan(0);
    await press('Step');
    await page.waitForFunction(() => document.querySelectorAll('.readings dd.test').length === 4);
    await tab('Network');
    await press('Remove network A');
    await press('Keyboard shortcuts and help');
    await page.getByRole('dialog').waitFor();
    await press('Close');
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme']);
    const before = await theme();
    await press('Light or dark');
    await expect.poll(theme).not.toBe(before);
    await press('Copy link');
    await page.locator('.notice').waitFor();
    await press('Dismiss');
    await expect.poll(() => page.locator('.notice').count()).toBe(0);
  };

  test('every control works by mouse', async () => {
    await using opened = await built.open();
    const { page, watched } = opened;
    await useEverything(
      page,
      (name) => button(page, name).click(),
      () => Promise.resolve(),
    );
    await page.locator('.neuron').nth(2).hover();
    await page.locator('.tag').waitFor();
    expect(watched).toEqual(nothingWrong);
  });

  test('every control works by touch on a small phone', async () => {
    await using opened = await built.open(phone);
    const { page, watched } = opened;
    await useEverything(
      page,
      (name) => button(page, name).tap(),
      (name) => button(page, name).tap(),
    );
    await page.locator('.neuron').nth(2).tap();
    await page.locator('.tag').waitFor();
    expect(watched).toEqual(nothingWrong);
  });

  test('has touch targets of at least 44 pixels on a small phone, and never scrolls sideways', async () => {
    await using opened = await built.open({ ...phone, at: preset('sine') });
    const { page } = opened;
    for (const name of ['Data', 'Network', 'Training', 'Curves']) {
      await button(page, name).tap();
      // The output panel and the selected panel.
      await expect.poll(() => page.locator('h2:visible').allInnerTexts()).toEqual([name]);
      const { small, sideways } = await page.evaluate(() => ({
        small: [...document.querySelectorAll<HTMLElement>('button, select, input')].flatMap((each) => {
          // What is touched is the label around a small mark, and the whole number with its buttons.
          const target = each.closest<HTMLElement>('label, .stepper') ?? each;
          const { width, height } = target.getBoundingClientRect();
          const shown = width > 0 && height > 0;
          return shown && (width < 43.5 || height < 43.5)
            ? [`${each.getAttribute('aria-label') ?? each.textContent} ${width} × ${height}`]
            : [];
        }),
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(small).toEqual([]);
      expect(sideways).toBe(0);
    }
  });

  test.each([320, 360, 760, 980, 1024, 1200, 1440, 2560])('never scrolls sideways at %i pixels', async (width) => {
    await using opened = await built.open({ viewport: { width, height: 800 }, at: preset('sine') });
    expect(
      await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
  });

  describe('the URL', () => {
    test('restores the same network and the same results', async () => {
      await using first = await built.open({ at: preset('xor') });
      await button(first.page, 'More neurons of layer 1').click();
      for (const epoch of [1, 2]) {
        await first.page.keyboard.press('.');
        await epochIs(first.page, epoch);
      }
      await address(first.page, ({ networks }) => networks[0]!.layers[0]!.neurons === 5);
      await using second = await built.open({ at: new URL(first.page.url()).hash });
      for (const epoch of [1, 2]) {
        await second.page.keyboard.press('.');
        await epochIs(second.page, epoch);
      }
      expect(await second.page.locator('.readings').innerText()).toBe(
        await first.page.locator('.readings').innerText(),
      );
    });

    test('gives the same losses as Node in every epoch', async () => {
      const experiment = new Experiment(preset('deep'));
      experiment.attach(learnerModule);
      await using opened = await built.open({ at: preset('deep') });
      for (const epoch of [1, 2, 3, 4, 5]) {
        experiment.step('epoch');
        await opened.page.keyboard.press('.');
        await epochIs(opened.page, epoch);
        expect(await loss(opened.page)).toBe(lossText(experiment.evaluate()[0]!.train.loss));
      }
    });

    test('is loaded again when its fragment changes', async () => {
      await using opened = await built.open();
      const { page } = opened;
      await page.evaluate((hash) => (location.hash = hash), '#nonsense');
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('Parts of this link could not be read');
    });
  });

  test('does not train while the page is hidden', async () => {
    await using opened = await built.open();
    const { page } = opened;
    const see = (hidden: boolean): Promise<void> =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await page.keyboard.press('Space');
    await epochReaches(page, 3);
    await see(true);
    // No frames are painted any more, so no training runs.
    await painted(page);
    const stopped = await epochOf(page);
    await painted(page);
    expect(await epochOf(page)).toBe(stopped);
    await see(false);
    await epochReaches(page, stopped + 3);
  });

  test('a divergence pauses training and explains the reason', async () => {
    await using opened = await built.open({ at: { ...preset('exploding'), speed: 'max' } });
    const { page, watched } = opened;
    await page.keyboard.press('Space');
    const alert = page.getByRole('alert');
    await alert.getByText('Training diverged').waitFor();
    expect(await alert.innerText()).toMatch(
      /Training diverged: (layer [12]|the output layer) has NaN or infinite values/,
    );
    expect(await alert.innerText()).toContain('The learning rate of 10 may be too high.');
    expect(await page.locator('.play').getAttribute('data-running')).toBe('false');
    expect(await loss(page)).not.toBe('–');
    expect(watched).toEqual(nothingWrong);
  });

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    const states: readonly [
      name: string,
      opening: Parameters<Built['open']>[0],
      into: (opened: Opened) => Promise<void>,
    ][] = [
      ['opening', {}, async () => {}],
      [
        'training',
        {},
        async ({ page }) => {
          await page.keyboard.press('Space');
          await epochReaches(page, 5);
        },
      ],
      ['two networks', { at: preset('sine') }, async ({ page }) => page.keyboard.press('.')],
      ['test split', { at: preset('xor') }, async ({ page }) => page.keyboard.press('.')],
      ['an error', { at: '#nonsense' }, async () => {}],
      ['info', {}, async ({ page }) => void (await page.locator('.presets').selectOption('few'))],
      [
        'a neuron',
        { at: preset('deep') },
        async ({ page }) => {
          await page.locator('.neuron').nth(3).click();
          await page.locator('.neuron-card li').first().waitFor();
        },
      ],
      [
        'the help',
        {},
        async ({ page }) => {
          await page.keyboard.press('?');
          await page.getByRole('dialog').waitFor();
        },
      ],
      ...['Data', 'Network', 'Training', 'Curves'].map(
        (name) =>
          [`a phone, ${name}`, phone, ({ page }: Opened) => button(page, name).tap()] as (typeof states)[number],
      ),
    ];

    test.each(states)('%s: axe finds nothing', async (_, opening, into) => {
      await using opened = await built.open({ ...opening, colorScheme });
      await into(opened);
      expect(await accessibilityViolations(opened.page)).toEqual([]);
      expect(opened.watched).toEqual(nothingWrong);
    });

    test.each([
      ['wide', { viewport: { width: 1440, height: 900 } }, defaultSettings],
      ['medium', { viewport: { width: 1024, height: 768 } }, preset('sine')],
      ['narrow', phone, preset('xor')],
    ] as const)('%s: the page after twelve epochs matches its screenshot', async (name, screen, at) => {
      await using opened = await built.open({ ...screen, colorScheme, at, reducedMotion: 'reduce' });
      const { page } = opened;
      for (let epoch = 1; epoch <= 12; epoch++) {
        await page.keyboard.press('.');
        await epochIs(page, epoch);
      }
      await painted(page);
      expectScreen(`${name}-${colorScheme}`, await page.screenshot(), {
        folder: join(import.meta.dirname, 'screens'),
        // Text rendering differs slightly between versions of the browser.
        allowed: 0.02,
      });
    });
  });
});
