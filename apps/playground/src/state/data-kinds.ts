import type { DataKind, DataSettings, NetworkSettings, Settings } from './schema.ts';

/** What there is to know of a data set before it is drawn. */
export interface DataFacts {
  readonly title: string;
  readonly task: 'classification' | 'regression';
  readonly inputs: 1 | 2;
  /** How many classes there may be; one number where there is no choice, 1 where there are none. */
  readonly classes: readonly [least: number, most: number];
  /** With how much noise it looks its best. */
  readonly noise: number;
}

export const dataFacts: Readonly<Record<DataKind, DataFacts>> = {
  spiral: { title: 'Spiral', task: 'classification', inputs: 2, classes: [2, 8], noise: 0.2 },
  disk: { title: 'Circle', task: 'classification', inputs: 2, classes: [2, 2], noise: 0.05 },
  xor: { title: 'XOR', task: 'classification', inputs: 2, classes: [2, 2], noise: 0.05 },
  blobs: { title: 'Blobs', task: 'classification', inputs: 2, classes: [2, 8], noise: 0.2 },
  moons: { title: 'Moons', task: 'classification', inputs: 2, classes: [2, 2], noise: 0.1 },
  rings: { title: 'Rings', task: 'classification', inputs: 2, classes: [2, 8], noise: 0.05 },
  sine: { title: 'Sine', task: 'regression', inputs: 1, classes: [1, 1], noise: 0 },
  plane: { title: 'Plane', task: 'regression', inputs: 2, classes: [1, 1], noise: 0.05 },
};

/** How many classes the data really has: what is set, as far as the data set allows. */
export function classCount({ kind, classes }: DataSettings): number {
  const [least, most] = dataFacts[kind].classes;
  return Math.min(Math.max(classes, least), most);
}

/** What the last layer gives: quantities can only be linear. */
export function outputActivation(data: DataSettings, network: NetworkSettings): NetworkSettings['output'] {
  return dataFacts[data.kind].task === 'regression' ? 'linear' : network.output;
}

/** How many neurons the last layer has: one per class, or one for a quantity or for two classes told by sign. */
export function outputSize(data: DataSettings, network: NetworkSettings): number {
  const classes = classCount(data);
  return outputActivation(data, network) === 'linear' && classes === 2 ? 1 : classes;
}

/** How many rows a step sees. */
export function batchSize({ data, training }: Settings): number {
  const rows = trainSize(data);
  return training.batch === 0 ? rows : Math.min(training.batch, rows);
}

/** How many points are drawn: where classes are equally large, as many as divide. */
export function sampleCount(data: DataSettings): number {
  const classes = classCount(data);
  return data.kind === 'spiral' ? Math.max(1, Math.floor(data.samples / classes)) * classes : data.samples;
}

/** How many points there are to learn from. */
export function trainSize(data: DataSettings): number {
  const samples = sampleCount(data);
  return samples - testSize(data);
}

/** How many points are held back. */
export function testSize(data: DataSettings): number {
  return data.test === 0 ? 0 : Math.max(classCount(data), Math.ceil(data.test * sampleCount(data)));
}

/** The sizes of all layers, inputs first. */
export function layerSizes(data: DataSettings, network: NetworkSettings): readonly number[] {
  return [dataFacts[data.kind].inputs, ...network.layers.map(({ neurons }) => neurons), outputSize(data, network)];
}
