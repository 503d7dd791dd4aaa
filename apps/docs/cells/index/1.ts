import { relu } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, randomNormal, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = randomState(0);
const { x, y } = spiral({ samples: 100, classes: 3, random });
const options = { random, weight: randomNormal(0.01) }; // 0.01 * randn, as in the notebook
const model = sequential(dense(2, 64, options), relu, dense(64, 3, options));
const optimizer = adam(model.parameters, { learningRate: 0.05, decay: 5e-7 });

const step = compile(
  (x: Tensor, y: Tensor) => {
    const loss = softmaxCrossentropy(model(x), y);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

console.log(`loss before: ${step(x, y)}`);
for (let epoch = 1; epoch < 2000; epoch++) step(x, y);
console.log(`accuracy above 0.9: ${accuracy(model(x), y).item() > 0.9}`);
