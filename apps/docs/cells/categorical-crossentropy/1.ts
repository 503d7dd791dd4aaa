import { tensor } from '@nn/tensor';

const softmaxOutputs = tensor(
  [
    [0.7, 0.1, 0.2],
    [0.1, 0.5, 0.4],
    [0.02, 0.9, 0.08],
  ],
  { dtype: 'float64' },
);

// Case 1: labels as class indices. Take the probability at that index of each row.
const labels = tensor([0, 1, 1], { dtype: 'int32' });
const picked = softmaxOutputs.gather(labels.expandDims(1), 1).squeeze(1);
console.log(String(picked.log().neg()));
console.log(String(picked.log().neg().mean()));

// Case 2: one-hot labels. All other probabilities are multiplied by 0.
const oneHot = tensor(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
  ],
  { dtype: 'float64' },
);
const masked = softmaxOutputs.mul(oneHot).sum(1);
console.log(String(masked.log().neg()));
console.log(String(masked.log().neg().mean()));
