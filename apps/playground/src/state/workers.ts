import { effect } from '@preact/signals';
import {
  type CanvasPlace,
  type FromPainter,
  type FromTrainer,
  type Hello,
  protocolVersion,
  type ToPainter,
  type ToTrainer,
} from '../protocol.ts';
import type { Stride } from './schema.ts';
import { breakdownNotice, summary } from './sentences.ts';
import * as store from './store.ts';

/** How often the page shows new numbers while training runs, in milliseconds. */
const showEvery = 100;

const start = (role: Hello['role'], line: MessagePort): Worker => {
  const worker = new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: role });
  const hello: Hello = { type: 'hello', version: protocolVersion, role, line };
  worker.postMessage(hello, [line]);
  worker.addEventListener('error', (event) => failed(event.message || `The ${role} could not be started.`));
  return worker;
};

const between = new MessageChannel();
const trainer = start('trainer', between.port1);
const painter = start('painter', between.port2);

const tell = (message: ToTrainer): void => trainer.postMessage(message);

/** Tells the painter something, handing over what is listed. */
export function tellPainter(message: ToPainter, transfer: Transferable[] = []): void {
  painter.postMessage(message, transfer);
}

/** Hands a canvas of the page to the painter. A canvas can be handed over once. */
export function handOver(canvas: HTMLCanvasElement, place: CanvasPlace): void {
  const offscreen = canvas.transferControlToOffscreen();
  tellPainter({ type: 'canvas', place, canvas: offscreen }, [offscreen]);
}

/** Starts or pauses training. */
export function play(running: boolean): void {
  store.running.value = running;
  if (running) store.notice.value = undefined;
  else announceAfterReport = true;
  tell({ type: 'run', running });
  if (running) store.announcement.value = 'Training.';
}

export function step(stride: Stride): void {
  store.running.value = false;
  announceAfterReport = true;
  tell({ type: 'step', stride });
}

export function back(stride: Stride): void {
  store.running.value = false;
  store.notice.value = undefined;
  announceAfterReport = true;
  tell({ type: 'back', stride });
}

/** Starts anew with the same seeds. */
export function reset(): void {
  store.running.value = false;
  store.notice.value = undefined;
  announceAfterReport = true;
  tell({ type: 'reset' });
}

let announceAfterReport = false;
let shown = 0;

trainer.onmessage = ({ data }: MessageEvent<FromTrainer>) => {
  switch (data.type) {
    case 'hello':
      checkVersion(data.version);
      return;
    case 'report':
      takeReport(data);
      return;
    case 'broke':
      store.running.value = false;
      store.notice.value = breakdownNotice(store.settings.value, data);
      return;
    case 'atStart':
      store.announcement.value = 'There is nothing before this.';
      return;
    case 'refused':
      failed(data.reason);
      return;
  }
};

function takeReport(message: Extract<FromTrainer, { readonly type: 'report' }>): void {
  // Reports of what is no longer trained are late.
  if (message.edition !== store.edition.value) return;
  const { history } = store;
  if (message.restarted) history.cutAfter(message.report.epoch - 1e-9);
  history.add(message.report);
  const now = performance.now();
  if (message.running && now - shown < showEvery) return;
  shown = now;
  store.rate.value = message.rate;
  store.reported.value++;
  if (!message.running && announceAfterReport) {
    announceAfterReport = false;
    store.announcement.value = summary(message.report, store.settings.value);
  }
}

painter.onmessage = ({ data }: MessageEvent<FromPainter>) => {
  if (data.type === 'hello') checkVersion(data.version);
  if (data.type === 'neuron') store.neuronValues.value = data.values;
  if (data.type === 'frames') document.documentElement.dataset['frames'] = String(data.count);
};

function checkVersion(version: number): void {
  if (version !== protocolVersion) failed('The page and its workers are of different days. Reload the page.');
}

function failed(reason: string): void {
  store.running.value = false;
  store.notice.value = { kind: 'fault', title: 'This could not be done', lines: [reason] };
}

effect(() => {
  const [settings, edition] = [store.settings.value, store.edition.value];
  tell({ type: 'configure', settings, edition });
});
effect(() => tellPainter({ type: 'inspect', neuron: store.inspected.value }));

// A page that nobody sees does not train.
document.addEventListener('visibilitychange', () => {
  if (store.running.value) tell({ type: 'run', running: !document.hidden });
});

// Whoever moves, touches or types will soon want to train.
for (const sign of ['pointermove', 'pointerdown', 'keydown'] as const) {
  addEventListener(sign, () => tell({ type: 'warm' }), { once: true, passive: true });
}

const still = matchMedia('(prefers-reduced-motion: reduce)');
const pace = (): void => tell({ type: 'pace', milliseconds: still.matches ? 500 : 33 });
still.addEventListener('change', pace);
pace();
