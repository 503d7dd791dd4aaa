import { leakyRelu } from '@nn/activations';
import { tensor } from '@nn/tensor';

const x = tensor([-50, -1, 0, 2]);

console.log(String(leakyRelu(x))); // negativeSlope: 0.01
console.log(String(leakyRelu(x, { negativeSlope: 0.2 })));
