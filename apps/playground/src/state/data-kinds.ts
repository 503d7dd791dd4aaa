import type { DataKind, DataSettings, NetworkSettings, Settings } from './schema.ts';

/** The properties of a data set. */
export interface DataFacts {
  readonly title: string;
  readonly task: 'classification' | 'regression';
  readonly inputs: 1 | 2;
  /** The range of the number of classes; [1, 1] for regression. */
  readonly classes: readonly [least: number, most: number];
  /** The default noise. */
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

/** The number of classes: the setting, clipped to the range of the data set. */
export function classCount({ kind, classes }: DataSettings): number {
  const [least, most] = dataFacts[kind].classes;
  return Math.min(Math.max(classes, least), most);
}

/** The output activation. Regression is always linear. */
export function outputActivation(data: DataSettings, network: NetworkSettings): NetworkSettings['output'] {
  return dataFacts[data.kind].task === 'regression' ? 'linear' : network.output;
}

/** The number of outputs: one per class, or one for regression and for two classes with a linear output. */
export function outputSize(data: DataSettings, network: NetworkSettings): number {
  const classes = classCount(data);
  return outputActivation(data, network) === 'linear' && classes === 2 ? 1 : classes;
}

/** The batch size, at most the size of the training set. */
export function batchSize({ data, training }: Settings): number {
  const rows = trainSize(data);
  return training.batch === 0 ? rows : Math.min(training.batch, rows);
}

/** The number of samples. For the spiral it is a multiple of the number of classes. */
export function sampleCount(data: DataSettings): number {
  const classes = classCount(data);
  return data.kind === 'spiral' ? Math.max(1, Math.floor(data.samples / classes)) * classes : data.samples;
}

/** The size of the training set. */
export function trainSize(data: DataSettings): number {
  const samples = sampleCount(data);
  return samples - testSize(data);
}

/** The size of the test set. */
export function testSize(data: DataSettings): number {
  return data.test === 0 ? 0 : Math.max(classCount(data), Math.ceil(data.test * sampleCount(data)));
}

/** The number of neurons of each layer, inputs first. */
export function layerSizes(data: DataSettings, network: NetworkSettings): readonly number[] {
  return [dataFacts[data.kind].inputs, ...network.layers.map(({ neurons }) => neurons), outputSize(data, network)];
}
