import { tanh } from '@nn/activations';
import { tensor } from '@nn/tensor';

const x = tensor([1e-8, 1e-4, 0.1, 1]);
// 2 / (1 + e^-2x) - 1
const byFormula = x.mul(-2).exp().add(1).pow(-1).mul(2).sub(1);

console.log(String(byFormula));
console.log(String(tanh(x)));
