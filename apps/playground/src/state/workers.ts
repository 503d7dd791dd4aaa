import { effect } from '@preact/signals';
import {
  type CanvasId,
  type FromPainter,
  type FromTrainer,
  type Hello,
  protocolVersion,
  type ToPainter,
  type ToTrainer,
} from '../protocol.ts';
import type { Stride } from './schema.ts';
import { divergenceNotice, summary } from './sentences.ts';
import * as store from './store.ts';

/** Interval between updates of the page while training runs, in milliseconds. */
const refreshInterval = 100;

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

const send = (message: ToTrainer): void => trainer.postMessage(message);

/** Sends a message to the painter and transfers the listed objects. */
export function sendToPainter(message: ToPainter, transfer: Transferable[] = []): void {
  painter.postMessage(message, transfer);
}

/** Transfers a canvas of the page to the painter. A canvas can be transferred once. */
export function transferCanvas(canvas: HTMLCanvasElement, place: CanvasId): void {
  const offscreen = canvas.transferControlToOffscreen();
  sendToPainter({ type: 'canvas', place, canvas: offscreen }, [offscreen]);
}

/** Starts or pauses training. */
export function play(running: boolean): void {
  store.running.value = running;
  if (running) store.notice.value = undefined;
  else announceAfterReport = true;
  send({ type: 'run', running });
  if (running) store.announcement.value = 'Training.';
}

export function step(stride: Stride): void {
  store.running.value = false;
  announceAfterReport = true;
  send({ type: 'step', stride });
}

export function back(stride: Stride): void {
  store.running.value = false;
  store.notice.value = undefined;
  announceAfterReport = true;
  send({ type: 'back', stride });
}

/** Restarts with the same seeds. */
export function reset(): void {
  store.running.value = false;
  store.notice.value = undefined;
  announceAfterReport = true;
  send({ type: 'reset' });
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
    case 'diverged':
      store.running.value = false;
      store.notice.value = divergenceNotice(store.settings.value, data);
      return;
    case 'atStart':
      store.announcement.value = 'No earlier snapshot.';
      return;
    case 'error':
      failed(data.reason);
      return;
  }
};

function takeReport(message: Extract<FromTrainer, { readonly type: 'report' }>): void {
  // Ignores late reports of an earlier run.
  if (message.runId !== store.runId.value) return;
  const { history } = store;
  if (message.restarted) history.cutAfter(message.report.epoch - 1e-9);
  history.add(message.report);
  const now = performance.now();
  if (message.running && now - shown < refreshInterval) return;
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
  if (version !== protocolVersion) failed('The page and its workers have different versions. Reload the page.');
}

function failed(reason: string): void {
  store.running.value = false;
  store.notice.value = { kind: 'error', title: 'Error', lines: [reason] };
}

effect(() => {
  const [settings, runId] = [store.settings.value, store.runId.value];
  send({ type: 'configure', settings, runId });
});
effect(() => sendToPainter({ type: 'inspect', neuron: store.inspected.value }));

// A hidden page does not train.
document.addEventListener('visibilitychange', () => {
  if (store.running.value) send({ type: 'run', running: !document.hidden });
});

// The training code is loaded on the first interaction.
for (const sign of ['pointermove', 'pointerdown', 'keydown'] as const) {
  addEventListener(sign, () => send({ type: 'preload' }), { once: true, passive: true });
}

const still = matchMedia('(prefers-reduced-motion: reduce)');
const sendReportInterval = (): void => send({ type: 'reportInterval', milliseconds: still.matches ? 500 : 33 });
still.addEventListener('change', sendReportInterval);
sendReportInterval();
