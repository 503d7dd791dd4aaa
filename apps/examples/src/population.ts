// Fifty networks trained as one program: fifty splits of a table, and a network with weights of its own for each.
import { relu } from '@nn/activations';
import { standardScaler, trainTestSplit } from '@nn/datasets';
import { wine } from '@nn/datasets/wine';
import { dense, glorotUniform, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import {
  compile,
  functionalCall,
  generator,
  gradients,
  randomState,
  runSteps,
  stack,
  stackVariables,
  type Tensor,
  vmap,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const count = 50;
const steps = 200;
const backend = wasm({ deterministic: true });
const learning = { learningRate: 0.005 };

const splits = Array.from({ length: count }, (_, seed) => {
  const { train, test } = trainTestSplit(wine(), { test: 0.25, random: randomState(seed), stratify: true });
  const scaler = standardScaler().fit(train.x);
  return { x: scaler.transform(train.x), y: train.y, unseen: scaler.transform(test.x), labels: test.y };
});
const networks = splits.map((_, seed) => {
  const options = { random: generator(seed), weight: glorotUniform };
  return sequential(dense(13, 16, options), relu, dense(16, 3, options));
});

// One program: every parameter has a first axis of 50, and vmap does for each entry what one network does.
const start = performance.now();
const population = stackVariables(networks.map(({ parameters }) => parameters));
const [model] = networks as [(typeof networks)[0]];
const [x, y, unseen, labels] = (['x', 'y', 'unseen', 'labels'] as const).map((name) =>
  stack(splits.map((split): Tensor => split[name])),
) as [Tensor, Tensor, Tensor, Tensor];
const optimizer = adam(population, learning);
const together = compile((xs: Tensor, ys: Tensor) => {
  const losses = vmap((own: typeof model.parameters, rows: Tensor, targets: Tensor) =>
    functionalCall(model.parameters, own, () => softmaxCrossentropy(model(rows), targets)),
  )(population, xs, ys);
  optimizer.step(gradients(losses.sum(), population));
  return losses;
}, backend);
const losses = runSteps(together, steps, x, y);
const oneProgram = performance.now() - start;

const scores = vmap((own: typeof model.parameters, rows: Tensor, targets: Tensor) =>
  functionalCall(model.parameters, own, () => accuracy(model(rows), targets)),
)(population, unseen, labels);

// Fifty programs: the same networks, one after the other.
const again = performance.now();
const alone = networks.map((network, at) => {
  const own = adam(network.parameters, learning);
  const step = compile((rows: Tensor, targets: Tensor) => {
    const loss = softmaxCrossentropy(network(rows), targets);
    own.step(gradients(loss, network.parameters));
    return loss;
  }, backend);
  return runSteps(step, steps, splits[at]!.x, splits[at]!.y);
});
const manyPrograms = performance.now() - again;

const difference = losses.sub(stack(alone)).abs().max().item();
console.log('accuracy on held-back rows', scores.mean().item().toFixed(4));
console.log('standard deviation between splits', scores.std().item().toFixed(4));
console.log('largest difference of a loss from that of its network alone', difference.toFixed(6));
console.log(`one program ${oneProgram.toFixed(0)} ms, fifty programs ${manyPrograms.toFixed(0)} ms`);
