// Binary logistic regression: two spiral arms, one output. The loss is computed from logits; a penalty keeps weights small.
import { relu, sigmoid } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, randomNormal, sequential } from '@nn/layers';
import { regularization, sigmoidCrossentropy } from '@nn/losses';
import { binaryAccuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = randomState(0);
const options = { random, weight: randomNormal(0.01) };
const draw = () => {
  const { x, y } = spiral({ samples: 100, classes: 2, random });
  return { x, y: y.cast('float32').expandDims(1) };
};
const [train, test] = [draw(), draw()];
const model = sequential(dense(2, 64, options), relu, dense(64, 1, options));
const optimizer = adam(model.parameters, { learningRate: 0.005, decay: 5e-7 });

const step = compile(
  (x: Tensor, y: Tensor) => {
    const logits = model(x);
    const penalty = regularization({ weight: model.parameters['0.weight']! }, { l2: 5e-4 });
    optimizer.step(gradients(sigmoidCrossentropy(logits, y).add(penalty), model.parameters));
    return sigmoidCrossentropy(logits, y);
  },
  wasm({ deterministic: true }),
);

console.log('loss', runSteps(step, 10_000, train.x, train.y).item().toFixed(3));
console.log(
  'accuracy',
  binaryAccuracy(sigmoid(model(train.x)), train.y)
    .item()
    .toFixed(3),
);
console.log(
  'accuracy on new points',
  binaryAccuracy(sigmoid(model(test.x)), test.y)
    .item()
    .toFixed(3),
);
