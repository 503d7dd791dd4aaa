// A small transformer reverses sequences of twelve digits. Every batch is new, and drawn inside the compiled step.
import { dense, embedding, sequential, sinusoidalPositions, transformerEncoderLayer } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam, linearSchedule } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, stepRandom, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const [length, digits, width, steps] = [12, 10, 32, 600];
const random = randomState(0);
const model = sequential(
  embedding(digits, width, { random }),
  sinusoidalPositions(width),
  transformerEncoderLayer(width, 4, { random, normFirst: true, hidden: 64 }),
  transformerEncoderLayer(width, 4, { random, normFirst: true, hidden: 64 }),
  dense(width, digits, { random }),
);
const optimizer = adam(model.parameters, { learningRate: linearSchedule({ from: 0.003, to: 0, steps }) });

const draw = stepRandom(0);
const sequences = (rows: number): Tensor => draw.uniform([rows, length]).mul(digits).floor().cast('int32');
const step = compile(
  () => {
    const x = sequences(64);
    const loss = softmaxCrossentropy(model(x), x.flip(1));
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  },
  wasm({ deterministic: true }),
);

for (let done = 0; done < steps; done += 200) {
  console.log(`after ${done + 200} steps: loss`, runSteps(step, 200).item().toFixed(4));
}
const x = sequences(1000);
const logits = model(x);
console.log(
  'accuracy on new sequences',
  accuracy(logits.reshape([-1, digits]), x.flip(1).reshape([-1]))
    .item()
    .toFixed(4),
);
console.log('example', String(x.slice(0)), '→', String(logits.slice(0).argmax(-1)));
