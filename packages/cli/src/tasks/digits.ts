import { trainTestSplit } from '@nn/datasets';
import { digits as load } from '@nn/datasets/digits';
import { heNormal } from '@nn/layers';
import type { Task } from './task.ts';

/** Handwritten digits as images of 8 × 8 grey values. */
export const digits: Task = {
  name: 'digits',
  summary: 'handwritten digits of 8 × 8 pixels, 1,797 images',
  testSource: 'held out',
  defaults: { epochs: 30, neurons: [64], learningRate: 0.005, decay: 1e-4, batchSize: 64 },
  weight: heNormal,
  planar: false,
  prepare(random) {
    const data = load();
    const { train, test } = trainTestSplit(data, { test: 0.2, random, stratify: true });
    // Grey values are 0 to 16.
    const scaled = (part: typeof train) => ({ x: part.x.div(16), y: part.y });
    return { train: scaled(train), test: scaled(test), inputs: 64, classes: 10 };
  },
};
