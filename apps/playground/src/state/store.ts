import { computed, signal } from '@preact/signals';
import type { NeuronId, NeuronValues } from '../protocol.ts';
import { dataFacts } from './data-kinds.ts';
import { History } from './history.ts';
import { type DataKind, type Settings, type TrainingSettings, defaultSettings } from './schema.ts';

/** A notice on the page. */
export interface Notice {
  readonly kind: 'error' | 'info';
  readonly title: string;
  readonly lines: readonly string[];
}

/** The state of the page, as signals. */
export const settings = signal<Settings>(defaultSettings);
/** Counts the changes that restart training. */
export const runId = signal(0);
export const running = signal(false);
/** Recent epochs per second. */
export const rate = signal(0);
/** The history of reports. The signal `reported` counts its changes. */
export const history = new History();
export const reported = signal(0);
export const notice = signal<Notice | undefined>(undefined);
/** The text that screen readers announce next. */
export const announcement = signal('');
/** The index of the network that is edited. */
export const selected = signal(0);
/** The hovered or focused neuron, and the pinned one. */
export const hovered = signal<NeuronId | undefined>(undefined);
export const pinned = signal<NeuronId | undefined>(undefined);
export const inspected = computed(() => hovered.value ?? pinned.value);
export const neuronValues = signal<NeuronValues | undefined>(undefined);
export const helpOpen = signal(false);

/** The network that is edited. */
export const network = computed(() => settings.value.networks[selected.value] ?? settings.value.networks[0]!);
export const latest = computed(() => (reported.value, history.latest));

/** Changes the settings. A change of data, networks or seed restarts training. */
export function change(next: Settings): void {
  const before = settings.peek();
  const restarting = ['data', 'networks', 'seed'] as const;
  settings.value = next;
  if (next.networks.length <= selected.peek()) selected.value = 0;
  if (restarting.some((part) => JSON.stringify(next[part]) !== JSON.stringify(before[part]))) {
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

/** Selects a data set with its default noise. */
export function chooseData(kind: DataKind): void {
  changeData({ kind, noise: dataFacts[kind].noise });
}

export function changeTraining(training: Partial<TrainingSettings>): void {
  change({ ...settings.value, training: { ...settings.value.training, ...training } });
}

/** Changes the network that is edited. */
export function changeNetwork(next: Partial<Settings['networks'][number]>): void {
  const networks = settings.value.networks.map((each, at) => (at === selected.value ? { ...each, ...next } : each));
  change({ ...settings.value, networks });
}

/** A random seed. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000;
}
