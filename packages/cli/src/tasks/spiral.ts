import { spiral as draw } from '@nn/datasets';
import type { Task } from './task.ts';

/** The notebook's data: three arms of a hundred points. */
export const spiral: Task = {
  name: 'spiral',
  summary: 'three spiral arms in the plane, 300 points, as in the notebook',
  testName: 'second draw',
  defaults: { epochs: 10_000, neurons: [64], learningRate: 0.05, decay: 5e-7 },
  planar: true,
  prepare(random) {
    const train = draw({ samples: 100, classes: 3, random });
    return { train, test: draw({ samples: 100, classes: 3, random }), inputs: 2, classes: 3 };
  },
};
