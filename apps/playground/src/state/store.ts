import { computed, signal } from '@preact/signals';
import type { NeuronId, NeuronValues } from '../protocol.ts';
import { dataFacts } from './data-kinds.ts';
import { History } from './history.ts';
import { type DataKind, type Settings, type TrainingSettings, defaultSettings } from './schema.ts';

/** Something to tell the person at the page. */
export interface Notice {
  readonly kind: 'error' | 'info';
  readonly title: string;
  readonly lines: readonly string[];
}

/** Everything that the page shows hangs on these. */
export const settings = signal<Settings>(defaultSettings);
/** Counts the changes after which training starts anew. */
export const runId = signal(0);
export const running = signal(false);
/** Epochs per second lately. */
export const rate = signal(0);
/** What was reported; the signal counts the changes of it. */
export const history = new History();
export const reported = signal(0);
export const notice = signal<Notice | undefined>(undefined);
/** What a screen reader is told next. */
export const announcement = signal('');
/** Which of the networks is being edited. */
export const selected = signal(0);
/** The neuron under the pointer or the keyboard, and the one that was clicked. */
export const hovered = signal<NeuronId | undefined>(undefined);
export const pinned = signal<NeuronId | undefined>(undefined);
export const inspected = computed(() => hovered.value ?? pinned.value);
export const neuronValues = signal<NeuronValues | undefined>(undefined);
export const helpOpen = signal(false);

/** The network that is being edited. */
export const network = computed(() => settings.value.networks[selected.value] ?? settings.value.networks[0]!);
export const latest = computed(() => (reported.value, history.latest));

/** Changes the settings. Whatever changes what is trained, and not only how, starts anew. */
export function change(next: Settings): void {
  const before = settings.peek();
  const anew = ['data', 'networks', 'seed'] as const;
  settings.value = next;
  if (next.networks.length <= selected.peek()) selected.value = 0;
  if (anew.some((part) => JSON.stringify(next[part]) !== JSON.stringify(before[part]))) {
    runId.value++;
    running.value = false;
    pinned.value = undefined;
    hovered.value = undefined;
    if (notice.peek()?.kind === 'error') notice.value = undefined;
  }
}

export function changeData(data: Partial<Settings['data']>): void {
  change({ ...settings.value, data: { ...settings.value.data, ...data } });
}

/** Takes up another kind of data, with the noise that suits it. */
export function chooseData(kind: DataKind): void {
  changeData({ kind, noise: dataFacts[kind].noise });
}

export function changeTraining(training: Partial<TrainingSettings>): void {
  change({ ...settings.value, training: { ...settings.value.training, ...training } });
}

/** Changes the network that is being edited. */
export function changeNetwork(next: Partial<Settings['networks'][number]>): void {
  const networks = settings.value.networks.map((each, at) => (at === selected.value ? { ...each, ...next } : each));
  change({ ...settings.value, networks });
}

/** A seed that nobody has selected. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000;
}
