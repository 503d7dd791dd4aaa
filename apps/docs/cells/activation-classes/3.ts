import { relu, softmax } from '@nn/activations';
import { tensor } from '@nn/tensor';

const logits = tensor([
  [1, 2, 3, 2.5],
  [2, 5, -1, 2],
]);

console.log(String(relu(logits)));
console.log(String(softmax(logits)));
