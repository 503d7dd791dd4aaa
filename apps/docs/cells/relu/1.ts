import { relu } from '@nn/activations';
import { meanSquaredError } from '@nn/losses';
import { gradients, tensor, variable } from '@nn/tensor';

const x = tensor([[1], [2], [3]]);
const target = tensor([[1], [2], [3]]);
const weight = variable(tensor([[0.5]]));

for (const start of [0, -10]) {
  const bias = variable(tensor([start]));
  const loss = meanSquaredError(relu(x.matmul(weight).add(bias)), target);
  const slopes = gradients(loss, { weight, bias });
  console.log(`bias ${start}: loss ${loss}`);
  console.log(`  slopes ${slopes.weight.item()} and ${slopes.bias.item()}`);
}
