// A recurrent network learns to add two binary numbers, digit by digit from the lowest. It is tested on longer numbers.
import { dense, gru, sequential } from '@nn/layers';
import { sigmoidCrossentropy } from '@nn/losses';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, scan, stepRandom, type Tensor, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = randomState(0);
const model = sequential(gru(2, 16, { random, returnSequences: true }), dense(16, 1, { random }));
const optimizer = adam(model.parameters, { learningRate: 0.02 });

const draw = stepRandom(0);
/** Pairs of numbers by their digits, [rows, digits, 2], and the digits of their sums, [rows, digits, 1]. */
function additions(rows: number, digits: number): { readonly x: Tensor; readonly y: Tensor } {
  const x: Tensor = draw.bernoulli(0.5, [digits, rows, 2]).cast('float32');
  // The sum of one place, and what is carried to the next.
  const addPlace = (carry: Tensor, pair: Tensor): readonly [Tensor, Tensor] => {
    const sum: Tensor = pair.sum(1).add(carry);
    const next: Tensor = sum.div(2).floor();
    return [next, sum.sub(next.mul(2))];
  };
  const [, sums] = scan(addPlace, zeros([rows]) as Tensor, x);
  return { x: x.permute([1, 0, 2]), y: sums.T.expandDims(-1) };
}

const step = compile(
  () => {
    const { x, y } = additions(64, 8);
    const loss = sigmoidCrossentropy(model(x), y);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

for (const done of [200, 400, 600]) console.log(`after ${done} steps: loss`, runSteps(step, 200).item().toFixed(4));
for (const digits of [8, 32]) {
  const { x, y } = additions(1000, digits);
  const right: Tensor = model(x).greater(0).equal(y.greater(0)).all([1, 2]);
  console.log(`right sums of ${digits} digits`, right.cast('float32').mean().item().toFixed(3));
}
