import { dense, randomNormal } from '@nn/layers';
import { randomState, tensor } from '@nn/tensor';

const layer = dense(2, 3, {
  random: randomState(0),
  weight: randomNormal(0.01), // 0.01 * randn; without it glorotUniform
});
const x = tensor([
  [1, 0],
  [0, 1],
  [10, -10],
]);

console.log(String(layer.weight));
console.log(String(layer(x)));
