import { tensor } from '@nn/tensor';

const inputs = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);
const weights1 = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);
const weights2 = tensor([
  [1, 2, 3],
  [5, 6, 7],
  [9, 10, 11],
]);
const weights3 = tensor([
  [1, 2, 3],
  [5, 6, 7],
  [9, 10, 11],
]);
const weights4 = tensor([
  [1, 2, 3],
  [5, 6, 7],
  [9, 10, 11],
]);
const biases = tensor([2, 3, 4]);

// [3, 4] × [4, 3] → [3, 3]; all later outputs are [3, 3] too
const outputs1 = inputs.dot(weights1.T).add(biases);
const outputs2 = outputs1.dot(weights2.T).add(biases);
const outputs3 = outputs2.dot(weights3.T).add(biases);
const outputs4 = outputs3.dot(weights4.T).add(biases);

console.log(String(outputs4));
