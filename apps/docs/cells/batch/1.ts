import { tensor } from '@nn/tensor';

const inputs = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);
const weights = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);
const biases = tensor([2, 3, 4]);

console.log(String(inputs.dot(weights.T).add(biases)));
