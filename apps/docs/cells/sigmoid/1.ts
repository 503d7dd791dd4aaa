import { sigmoid } from '@nn/activations';
import { gradients, tensor, watch } from '@nn/tensor';

const x = watch(tensor([-1000, -4, 0, 4, 1000]));
const y = sigmoid(x);

console.log(String(y));
console.log(String(gradients(y.sum(), x))); // the derivative at each x
