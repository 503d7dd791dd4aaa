import { afterEach, expect, test } from 'vitest';
import type { FromTrainer, ToPainter } from '../protocol.ts';
import { presets } from '../state/presets.ts';
import { type Settings, defaultSettings } from '../state/schema.ts';
import { Trainer } from './trainer.ts';

const opened: Trainer[] = [];
afterEach(() => {
  for (const trainer of opened.splice(0)) trainer.close();
});

/** A trainer between a page and a painter that only listen. */
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

test('what is configured is reported untrained, and the painter gets points and weights', async () => {
  const { toPainter, next } = open();
  const first = await next(reportFrom(0, false));
  expect(first).toMatchObject({ runId: 1, restarted: true, report: { epoch: 0 } });
  expect(toPainter.map(({ type }) => type)).toEqual(['experiment', 'weights']);
  const [subject] = toPainter;
  expect(subject).toMatchObject({ type: 'experiment', points: { trained: 300 } });
});

test('training runs until it is paused, at the speed that is asked for or faster', async () => {
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

test('at any speed, slow before fast, it listens again within a turn or a few', async () => {
  const { trainer, next, toPage } = open({ ...defaultSettings, speed: '500' });
  trainer.receive({ type: 'run', running: true });
  await next(reportFrom(40));
  trainer.receive({ type: 'configure', settings: { ...defaultSettings, speed: 'max' }, runId: 1 });
  await next(reportFrom(80));
  // What was asked for while it trained is done before it has trained for long: the next report is the pause.
  trainer.receive({ type: 'run', running: false });
  const { length } = toPage;
  await new Promise((later) => setTimeout(later));
  expect(toPage.length).toBe(length);
  const last = toPage.at(-1) as Extract<FromTrainer, { type: 'report' }>;
  const before = toPage.at(-2) as Extract<FromTrainer, { type: 'report' }>;
  expect(last.running).toBe(false);
  expect(last.report.epoch - before.report.epoch).toBeLessThan(100_000);
});

test('other networks wait until they are told to run', async () => {
  const { trainer, next, toPage } = open({ ...defaultSettings, speed: 'max' });
  trainer.receive({ type: 'run', running: true });
  await next(reportFrom(1));
  trainer.receive({ type: 'configure', settings: { ...defaultSettings, seed: 7, speed: 'max' }, runId: 2 });
  await next((message) => message.type === 'report' && message.runId === 2);
  expect(toPage.at(-1)).toMatchObject({ running: false, restarted: true, report: { epoch: 0 } });
});

test('a step that is asked for before anything is loaded keeps its place before what comes after it', async () => {
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

test('reset gives the same loss again', async () => {
  const { trainer, next, toPage } = open();
  trainer.receive({ type: 'step', stride: 'epoch' });
  const once = await next(reportFrom(1, false));
  trainer.receive({ type: 'reset' });
  trainer.receive({ type: 'step', stride: 'epoch' });
  expect(toPage.at(-1)).toEqual({ ...once, rate: expect.any(Number) as number });
});

test('weights go to the painter only when it has given the last ones back', async () => {
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

test('when the numbers are lost training pauses, and says in which layer', async () => {
  const { trainer, next, toPage } = open({ ...presets['exploding']!.settings, speed: 'max' });
  trainer.receive({ type: 'run', running: true });
  const divergence = await next(({ type }) => type === 'diverged');
  expect(divergence).toMatchObject({ network: 0, layers: 3, layer: expect.any(Number) as number });
  expect(toPage.at(-1)).toMatchObject({ running: false, restarted: true });
});

test('what cannot be built is refused in words', async () => {
  const { next } = open({ ...defaultSettings, data: { ...defaultSettings.data, noise: -1 } });
  expect(await next(({ type }) => type === 'error')).toMatchObject({
    reason: expect.stringContaining('noise') as string,
  });
});
