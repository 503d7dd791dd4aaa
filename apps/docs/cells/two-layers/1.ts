import { tensor } from '@nn/tensor';

const inputs = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);

// First hidden layer: three neurons, four weights each
const weights1 = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);
const biases1 = tensor([2, 3, 4]);

// Second hidden layer: three neurons, one weight per neuron of the first layer
const weights2 = tensor([
  [1, 2, 3],
  [5, 6, 7],
  [9, 10, 11],
]);
const biases2 = tensor([2, 3, 4]);

const outputs1 = inputs.dot(weights1.T).add(biases1);
const outputs2 = outputs1.dot(weights2.T).add(biases2);

console.log(String(outputs2));
