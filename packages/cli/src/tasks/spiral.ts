import { spiral as sample } from '@nn/datasets';
import { randomNormal } from '@nn/layers';
import type { Task } from './task.ts';

/** The notebook's data: three spiral arms of 100 points each. */
export const spiral: Task = {
  name: 'spiral',
  summary: 'three spiral arms in the plane, 300 points, as in the notebook',
  testSource: 'fresh sample',
  defaults: { epochs: 10_000, neurons: [64], learningRate: 0.05, decay: 5e-7 },
  // As in the notebook: 0.01 * np.random.randn(inputs, neurons).
  weight: randomNormal(0.01),
  planar: true,
  prepare(random) {
    const train = sample({ samples: 100, classes: 3, random });
    return { train, test: sample({ samples: 100, classes: 3, random }), inputs: 2, classes: 3 };
  },
};
