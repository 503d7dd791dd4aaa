// Regression: a network of two hidden layers learns one period of the sine.
import { relu } from '@nn/activations';
import { sine } from '@nn/datasets';
import { dense, randomNormal, sequential } from '@nn/layers';
import { meanSquaredError } from '@nn/losses';
import { withinTolerance } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const { x, y } = sine({ samples: 1000 });
const options = { random: randomState(0), weight: randomNormal(0.1) };
const model = sequential(dense(1, 64, options), relu, dense(64, 64, options), relu, dense(64, 1, options));
const optimizer = adam(model.parameters, { learningRate: 0.005, decay: 1e-3 });

const step = compile(
  (x: Tensor, y: Tensor) => {
    const loss = meanSquaredError(model(x), y);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

console.log('loss', runSteps(step, 10_000, x, y).item().toExponential(2));
// A prediction counts as right when it is within 1/250 of the standard deviation of y.
const tolerance = y.std().item() / 250;
console.log('accuracy', withinTolerance(model(x), y, { tolerance }).item().toFixed(3));
