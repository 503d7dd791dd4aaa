// L1 and L2 penalties: the same network without a penalty, with L2, and with L1, which makes most weights exactly useless.
import { relu } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, heNormal, sequential } from '@nn/layers';
import { regularization, type RegularizationOptions, softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

function trained(penalty: RegularizationOptions): string {
  const random = randomState(0);
  const [train, test] = [spiral({ samples: 50, classes: 3, random }), spiral({ samples: 200, classes: 3, random })];
  const options = { random, weight: heNormal };
  const model = sequential(dense(2, 128, options), relu, dense(128, 3, options));
  const weights = Object.fromEntries(Object.entries(model.parameters).filter(([name]) => name.endsWith('weight')));
  const optimizer = adam(model.parameters, { learningRate: 0.02, decay: 5e-7 });
  const step = compile(
    (x: Tensor, y: Tensor) => {
      const loss = softmaxCrossentropy(model(x), y).add(regularization(weights, penalty));
      optimizer.step(gradients(loss, model.parameters));
    },
    wasm({ deterministic: true }),
  );
  runSteps(step, 10_000, train.x, train.y);
  const sizes = Object.values(weights).map((weight) => weight.abs());
  const small = sizes.reduce((sum, size) => sum + size.less(0.01).sum().item(), 0);
  const all = sizes.reduce((sum, size) => sum + size.size, 0);
  return (
    `accuracy ${accuracy(model(train.x), train.y).item().toFixed(3)}, ` +
    `on new points ${accuracy(model(test.x), test.y).item().toFixed(3)}, ` +
    `largest weight ${Math.max(...sizes.map((size) => size.max().item())).toFixed(1)}, ` +
    `weights below 0.01: ${((100 * small) / all).toFixed(0)} %`
  );
}

console.log('no penalty ', trained({}));
console.log('L2 0.0001  ', trained({ l2: 1e-4 }));
console.log('L1 0.0005  ', trained({ l1: 0.0005 }));
