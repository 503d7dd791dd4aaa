import { tensor } from '@nn/tensor';

const softmaxOutputs = tensor(
  [
    [0.7, 0.1, 0.2],
    [0.1, 0.5, 0.4],
    [0.02, 0.9, 0.08],
  ],
  { dtype: 'float64' },
);

// Case 1: the right classes as numbers. From each row take the share there.
const classes = tensor([0, 1, 1], { dtype: 'int32' });
const taken = softmaxOutputs.gather(classes.expandDims(1), 1).squeeze(1);
console.log(String(taken.log().neg()));
console.log(String(taken.log().neg().mean()));

// Case 2: as rows with one 1. Everything else is multiplied away.
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
