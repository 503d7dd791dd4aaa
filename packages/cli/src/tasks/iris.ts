import { standardScaler, trainTestSplit } from '@nn/datasets';
import { iris as load } from '@nn/datasets/iris';
import { heNormal } from '@nn/layers';
import type { Task } from './task.ts';

/** Fisher's irises: four measurements of a flower, three species. */
export const iris: Task = {
  name: 'iris',
  summary: 'three species of iris from four measurements, 150 flowers',
  testSource: 'held out',
  defaults: { epochs: 300, neurons: [16], learningRate: 0.02, decay: 1e-3 },
  weight: heNormal,
  planar: false,
  prepare(random) {
    const data = load();
    const { train, test } = trainTestSplit(data, { test: 0.2, random, stratify: true });
    // The scaler is fitted to the training data alone, since the test data must not influence the training.
    const scaler = standardScaler().fit(train.x);
    const scaled = (part: typeof train) => ({ x: scaler.transform(part.x), y: part.y });
    return { train: scaled(train), test: scaled(test), inputs: 4, classes: data.classNames.length };
  },
};
