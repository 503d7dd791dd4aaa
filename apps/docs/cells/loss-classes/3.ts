import { categoricalCrossentropy } from '@nn/losses';
import { tensor } from '@nn/tensor';

const softmaxOutputs = tensor(
  [
    [0.7, 0.1, 0.2],
    [0.1, 0.5, 0.4],
    [0.02, 0.9, 0.08],
  ],
  { dtype: 'float64' },
);
const classTargets = tensor(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
  ],
  { dtype: 'float64' },
);

console.log(String(categoricalCrossentropy(softmaxOutputs, classTargets)));
