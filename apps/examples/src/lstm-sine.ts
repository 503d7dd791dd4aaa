// An LSTM predicts the next value of a noisy sine, and then continues it by itself from its own predictions.
import { dense, lstm } from '@nn/layers';
import { meanSquaredError } from '@nn/losses';
import { adam } from '@nn/optimizers';
import { arange, compile, concat, generator, gradients, runSteps, stepRandom, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = generator(0);
const [period, length, noise] = [20, 60, 0.1];
const cells = lstm(1, 32, { random, name: 'cells' });
const output = dense(32, 1, { random });
const parameters = { cells: cells.parameters, output: output.parameters };
const optimizer = adam(parameters, { learningRate: 0.005 });

/** The sine from some phases on, [rows, times, 1]. */
const wave = (phases: Tensor, times: number): Tensor =>
  (
    arange(times)
      .mul((2 * Math.PI) / period)
      .add(phases.expandDims(-1)) as Tensor
  )
    .sin()
    .expandDims(-1);

const draw = stepRandom(0);
const step = compile(
  () => {
    const clean = wave(draw.uniform([32], { low: 0, high: 2 * Math.PI }), length + 1);
    const seen: Tensor = clean.add(draw.normal([32, length + 1, 1]).mul(noise));
    const [x, next]: readonly Tensor[] = [seen.slice([], [0, -1]), seen.slice([], [1, null])];
    const loss = meanSquaredError(output(cells.run(x!).output), next!);
    optimizer.step(gradients(loss, parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

console.log('loss', runSteps(step, 1500).item().toFixed(4), 'of which noise is', (noise ** 2).toFixed(4));

const phases: Tensor = random.uniform([100], { low: 0, high: 2 * Math.PI });
const clean = wave(phases, length + period);
const start: Tensor = clean.slice([], [0, length]).add(random.normal([100, length, 1]).mul(noise));
let { output: hidden, state } = cells.run(start);
let value: Tensor = output(hidden).slice([], [-1, null]);
const continued: Tensor[] = [value];
while (continued.length < period) {
  ({ output: hidden, state } = cells.run(value, { state }));
  value = output(hidden);
  continued.push(value);
}
const error: Tensor = (concat(continued, 1) as Tensor).sub(clean.slice([], [length, null]));
console.log('error over the next period', Math.sqrt(error.mul(error).mean().item()).toFixed(3));
