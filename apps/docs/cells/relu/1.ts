import { relu } from '@nn/activations';
import { meanSquaredError } from '@nn/losses';
import { gradients, tensor, variable } from '@nn/tensor';

const x = tensor([[1], [2], [3]]);
const target = tensor([[1], [2], [3]]);
const weight = variable(tensor([[0.5]]));

for (const initial of [0, -10]) {
  const bias = variable(tensor([initial]));
  const loss = meanSquaredError(relu(x.matmul(weight).add(bias)), target);
  const grads = gradients(loss, { weight, bias });
  console.log(`bias ${initial}: loss ${loss}`);
  console.log(`  gradients ${grads.weight.item()} and ${grads.bias.item()}`);
}
