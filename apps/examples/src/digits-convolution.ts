// A small convolutional network reads handwritten digits of 8 × 8 pixels; a quarter of the images is held back.
import { relu } from '@nn/activations';
import { batches, trainTestSplit } from '@nn/datasets';
import { digits } from '@nn/datasets/digits';
import { conv2d, dense, dropout, flatten, heNormal, maxPool2d, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam, cosineAnnealing } from '@nn/optimizers';
import { compile, gradients, randomState, stepRandom, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = randomState(0);
const { x, y } = digits();
const images = { x: x.div(16).reshape([-1, 1, 8, 8]), y };
const { train, test } = trainTestSplit(images, { test: 0.25, random, stratify: true });

const model = sequential(
  conv2d(1, 32, 3, { random, padding: 'same' }),
  relu,
  conv2d(32, 32, 3, { random, padding: 'same' }),
  relu,
  maxPool2d(2),
  dropout(0.25, { random: stepRandom(1) }),
  flatten,
  dense(512, 128, { random, weight: heNormal }),
  relu,
  dropout(0.5, { random: stepRandom(2) }),
  dense(128, 10, { random, weight: heNormal }),
);

const epochs = 30;
const perEpoch = batches(train, { size: 64, random, dropLast: true });
const learningRate = cosineAnnealing(0.003, { steps: epochs * perEpoch.count });
const optimizer = adam(model.parameters, { learningRate });

const step = compile(
  (x: Tensor, y: Tensor) => {
    const loss = softmaxCrossentropy(model(x, { training: true }), y);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

for (let epoch = 0; epoch < epochs; epoch++) {
  let loss = 0;
  for (const batch of perEpoch) loss += step(batch.x, batch.y).item();
  if (epoch % 10 === 9) console.log(`epoch ${epoch + 1}: loss`, (loss / perEpoch.count).toFixed(4));
}
const predict = compile((x: Tensor) => model(x), wasm({ deterministic: true }));
console.log('accuracy', accuracy(predict(train.x), train.y).item().toFixed(4));
console.log('accuracy on held-back images', accuracy(predict(test.x), test.y).item().toFixed(4));
