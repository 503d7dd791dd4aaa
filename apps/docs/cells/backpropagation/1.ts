import { relu } from '@nn/activations';
import { gradients, tensor, variable } from '@nn/tensor';

const x = tensor([1, -2, 3]);
const w = variable(tensor([0.5, -1, 1]));
const b = variable(tensor(-1));

const output = relu(x.dot(w).add(b));
const loss = output.sub(1).pow(2); // the target is 1

const grads = gradients(loss, { w, b });
console.log(`output ${output}, loss ${loss}`);
console.log(`gradient of w ${grads.w}, of b ${grads.b}`);
