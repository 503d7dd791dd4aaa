// Three tables of measurements, ten splits each, and one network for all: 128 hidden neurons, standardised columns.
import { relu } from '@nn/activations';
import { type Dataset, standardScaler, trainTestSplit } from '@nn/datasets';
import { breastCancer } from '@nn/datasets/breast-cancer';
import { iris } from '@nn/datasets/iris';
import { wine } from '@nn/datasets/wine';
import { dense, glorotUniform, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adamw } from '@nn/optimizers';
import { compile, generator, gradients, randomState, runSteps, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

function heldBackAccuracy(data: Dataset, seed: number): number {
  const { train, test } = trainTestSplit(data, { test: 0.25, random: randomState(seed), stratify: true });
  const scaler = standardScaler().fit(train.x);
  const [x, unseen] = [scaler.transform(train.x), scaler.transform(test.x)];
  const options = { random: generator(seed), weight: glorotUniform };
  const model = sequential(dense(x.shape[1]!, 128, options), relu, dense(128, data.y.max().item() + 1, options));
  const optimizer = adamw(model.parameters, { learningRate: 0.003, weightDecay: 1 });
  const step = compile(
    (x: Tensor, y: Tensor) => {
      const loss = softmaxCrossentropy(model(x), y);
      optimizer.step(gradients(loss, model.parameters));
    },
    wasm({ deterministic: true }),
  );
  runSteps(step, 200, x, train.y);
  return accuracy(model(unseen), test.y).item();
}

for (const [name, data] of Object.entries({ iris: iris(), wine: wine(), 'breast cancer': breastCancer() })) {
  const scores = Array.from({ length: 10 }, (_, seed) => heldBackAccuracy(data as Dataset, seed));
  const mean = scores.reduce((sum, score) => sum + score) / scores.length;
  console.log(name.padEnd(14), 'accuracy on held-back rows', mean.toFixed(4));
}
