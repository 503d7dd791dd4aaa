import { tensor } from '@nn/tensor';

const inputs = tensor(
  [
    [1, 2, 3, 2.5],
    [2, 5, -1, 2],
    [-1.5, 2.7, 3.3, -0.8],
  ],
  { dtype: 'float64' },
);

// The largest logit of each row, as a column [3, 1] that broadcasts over its row
const largest = inputs.max(1, { keepdims: true });
const expValues = inputs.sub(largest).exp();
const probabilities = expValues.div(expValues.sum(1, { keepdims: true }));

console.log(String(probabilities));
console.log(String(probabilities.sum(1)));
