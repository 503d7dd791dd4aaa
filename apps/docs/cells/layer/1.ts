import { tensor } from '@nn/tensor';

const x = tensor([1, 2, 3, 4]);
const w = tensor([
  [1, 2, 3, 4], // the weights of neuron 1
  [5, 6, 7, 8], // of neuron 2
  [9, 10, 11, 12], // of neuron 3
]);
const biases = tensor([2, 3, 4]);

console.log(String(w.dot(x).add(biases)));
