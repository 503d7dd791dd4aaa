import { afterEach, expect, test } from 'vitest';
import type { FromTrainer, ToPainter } from '../protocol.ts';
import { presets } from '../state/presets.ts';
import { type Settings, defaultSettings } from '../state/schema.ts';
import { Trainer } from './trainer.ts';

const opened: Trainer[] = [];
afterEach(() => {
  for (const trainer of opened.splice(0)) trainer.close();
});

/** A trainer with a page and a painter that record its messages. */
function open(settings: Settings = defaultSettings) {
  const [toPage, toPainter]: [FromTrainer[], ToPainter[]] = [[], []];
  const waiting: {
    readonly fits: (message: FromTrainer) => boolean;
    readonly found: (message: FromTrainer) => void;
  }[] = [];
  const page = {
    postMessage(message: FromTrainer): void {
      toPage.push(message);
      for (const each of waiting.filter(({ fits }) => fits(message))) {
        waiting.splice(waiting.indexOf(each), 1);
        each.found(message);
      }
    },
  };
  const trainer = new Trainer(page, { postMessage: (message) => void toPainter.push(message) });
  opened.push(trainer);
  const next = (fits: (message: FromTrainer) => boolean): Promise<FromTrainer> =>
    new Promise((found) => waiting.push({ fits, found }));
  trainer.receive({ type: 'configure', settings, runId: 1 });
  return { trainer, toPage, toPainter, next };
}

const reportFrom =
  (epoch: number, running = true) =>
  (message: FromTrainer): boolean =>
    message.type === 'report' && message.report.epoch >= epoch && message.running === running;

test('new settings give an untrained report, and the painter gets data and weights', async () => {
  const { toPainter, next } = open();
  const first = await next(reportFrom(0, false));
  expect(first).toMatchObject({ runId: 1, restarted: true, report: { epoch: 0 } });
  expect(toPainter.map(({ type }) => type)).toEqual(['experiment', 'weights']);
  const [subject] = toPainter;
  expect(subject).toMatchObject({ type: 'experiment', points: { trained: 300 } });
});

test('training runs until it is paused, and a step trains one epoch', async () => {
  const { trainer, next, toPage } = open({ ...defaultSettings, speed: 'max' });
  trainer.receive({ type: 'run', running: true });
  await next(reportFrom(50));
  trainer.receive({ type: 'run', running: false });
  const last = toPage.at(-1)!;
  expect(last).toMatchObject({ type: 'report', running: false });
  trainer.receive({ type: 'step', stride: 'epoch' });
  const [end, step] = [last, toPage.at(-1)!] as Extract<FromTrainer, { type: 'report' }>[];
  expect(step!.report.epoch).toBe(end!.report.epoch + 1);
  expect(step!.report.metrics[0]!.loss).not.toBe(end!.report.metrics[0]!.loss);
});

test('the trainer handles messages between time slices at any speed', async () => {
  const { trainer, next, toPage } = open({ ...defaultSettings, speed: '500' });
  trainer.receive({ type: 'run', running: true });
  await next(reportFrom(40));
  trainer.receive({ type: 'configure', settings: { ...defaultSettings, speed: 'max' }, runId: 1 });
  await next(reportFrom(80));
  // The pause is handled before the next time slice, so the next report is the pause.
  trainer.receive({ type: 'run', running: false });
  const { length } = toPage;
  await new Promise((later) => setTimeout(later));
  expect(toPage.length).toBe(length);
  const last = toPage.at(-1) as Extract<FromTrainer, { type: 'report' }>;
  const before = toPage.at(-2) as Extract<FromTrainer, { type: 'report' }>;
  expect(last.running).toBe(false);
  expect(last.report.epoch - before.report.epoch).toBeLessThan(100_000);
});

test('a new run starts paused', async () => {
  const { trainer, next, toPage } = open({ ...defaultSettings, speed: 'max' });
  trainer.receive({ type: 'run', running: true });
  await next(reportFrom(1));
  trainer.receive({ type: 'configure', settings: { ...defaultSettings, seed: 7, speed: 'max' }, runId: 2 });
  await next((message) => message.type === 'report' && message.runId === 2);
  expect(toPage.at(-1)).toMatchObject({ running: false, restarted: true, report: { epoch: 0 } });
});

test('messages before the training code is loaded are handled in order', async () => {
  const { trainer, next, toPage } = open();
  trainer.receive({ type: 'step', stride: 'epoch' });
  trainer.receive({ type: 'step', stride: 'epoch' });
  trainer.receive({ type: 'back', stride: 'epoch' });
  trainer.receive({ type: 'back', stride: 'epoch' });
  trainer.receive({ type: 'back', stride: 'epoch' });
  await next(({ type }) => type === 'atStart');
  const epochs = toPage.flatMap((message) => (message.type === 'report' ? [message.report.epoch] : []));
  expect(epochs).toEqual([0, 1, 2, 1, 0]);
});

test('a reset reproduces the same loss', async () => {
  const { trainer, next, toPage } = open();
  trainer.receive({ type: 'step', stride: 'epoch' });
  const once = await next(reportFrom(1, false));
  trainer.receive({ type: 'reset' });
  trainer.receive({ type: 'step', stride: 'epoch' });
  expect(toPage.at(-1)).toEqual({ ...once, rate: expect.any(Number) as number });
});

test('weights are sent to the painter only after it has returned the last buffers', async () => {
  const { trainer, toPainter, next } = open();
  const sent = (): number => toPainter.filter(({ type }) => type === 'weights').length;
  trainer.receive({ type: 'step', stride: 'epoch' });
  await next(reportFrom(1, false));
  trainer.receive({ type: 'step', stride: 'epoch' });
  expect(sent()).toBe(1);
  const { values } = toPainter.findLast(({ type }) => type === 'weights') as Extract<ToPainter, { type: 'weights' }>;
  trainer.receiveFromPainter({ type: 'painted', values });
  expect(sent()).toBe(2);
});

test('training pauses when a network becomes non-finite, and names the layer', async () => {
  const { trainer, next, toPage } = open({ ...presets['exploding']!.settings, speed: 'max' });
  trainer.receive({ type: 'run', running: true });
  const divergence = await next(({ type }) => type === 'diverged');
  expect(divergence).toMatchObject({ network: 0, layers: 3, layer: expect.any(Number) as number });
  expect(toPage.at(-1)).toMatchObject({ running: false, restarted: true });
});

test('invalid settings give an error message', async () => {
  const { next } = open({ ...defaultSettings, data: { ...defaultSettings.data, noise: -1 } });
  expect(await next(({ type }) => type === 'error')).toMatchObject({
    reason: expect.stringContaining('noise') as string,
  });
});
