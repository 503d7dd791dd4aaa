// Dropout: while the network is trained a tenth of the hidden neurons is switched off, others in each step.
import { relu } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, dropout, heNormal, sequential } from '@nn/layers';
import { regularization, softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, stepRandom, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = randomState(0);
const options = { random, weight: heNormal };
const [train, test] = [1000, 100].map((samples) => spiral({ samples, classes: 3, random }));
const model = sequential(
  dense(2, 64, { ...options, name: 'hidden' }),
  relu,
  dropout(0.1, { random: stepRandom(0) }),
  dense(64, 3, options),
);
const optimizer = adam(model.parameters, { learningRate: 0.05, decay: 5e-5 });

const step = compile(
  (x: Tensor, y: Tensor) => {
    const loss = softmaxCrossentropy(model(x, { training: true }), y);
    const penalty = regularization({ weight: model.parameters['hidden.weight']! }, { l2: 5e-4 });
    optimizer.step(gradients(loss.add(penalty), model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

console.log('loss', runSteps(step, 10_000, train!.x, train!.y).item().toFixed(3));
console.log('accuracy', accuracy(model(train!.x), train!.y).item().toFixed(3));
console.log('accuracy on new points', accuracy(model(test!.x), test!.y).item().toFixed(3));
