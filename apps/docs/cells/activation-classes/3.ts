import { relu, softmax } from '@nn/activations';
import { tensor } from '@nn/tensor';

const scores = tensor([
  [1, 2, 3, 2.5],
  [2, 5, -1, 2],
]);

console.log(String(relu(scores)));
console.log(String(softmax(scores)));
