import { relu } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, randomNormal, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam } from '@nn/optimizers';
import { compile, gradients, randomState, runSteps, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

/** The result of a training run. */
export interface Trained {
  /** SHA-256 of all weights and biases, as hexadecimal digits. */
  readonly weights: string;
  readonly accuracy: number;
}

/** Trains the network of the notebook on the spiral with compiled, deterministic steps, in Node or in a browser. */
export async function trainedSpiral({ seed, steps }: { seed: number; steps: number }): Promise<Trained> {
  const random = randomState(seed);
  const { x, y } = spiral({ samples: 100, classes: 3, random });
  const options = { random, weight: randomNormal(0.01) };
  const model = sequential(dense(2, 64, options), relu, dense(64, 3, options));
  const optimizer = adam(model.parameters, { learningRate: 0.05, decay: 5e-7 });
  const step = compile(
    (rows: Tensor, labels: Tensor) => {
      const loss = softmaxCrossentropy(model(rows), labels);
      optimizer.step(gradients(loss, model.parameters));
      return loss;
    },
    wasm({ deterministic: true }),
  );
  runSteps(step, steps, x, y);
  const numbers = Object.values(model.parameters).flatMap(({ data }) => [...data]);
  const digest = await crypto.subtle.digest('SHA-256', new Float32Array(numbers));
  const weights = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { weights, accuracy: accuracy(model(x), y).item() };
}
