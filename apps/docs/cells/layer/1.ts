import { tensor } from '@nn/tensor';

const x = tensor([1, 2, 3, 4]);
const w = tensor([
  [1, 2, 3, 4], // weights of neuron 1
  [5, 6, 7, 8], // weights of neuron 2
  [9, 10, 11, 12], // weights of neuron 3
]);
const biases = tensor([2, 3, 4]);

console.log(String(w.dot(x).add(biases)));
