import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from '@nn/checks/bundle';
import { trainingProgram } from '@nn/integration/training-program';

/** What one contestant's program weighs on its way to a browser, in bytes after gzip. */
export type BundleSize =
  | { readonly name: string; readonly script: number; readonly wasm: number }
  | { readonly name: string; readonly reason: string };

/** The same program for each: a network of 2-8-2 with ReLU is trained for 100 steps with Adam. */
interface Program {
  readonly name: string;
  readonly folder: string;
  readonly source: string;
  /** What the program fetches besides, from the peers' folder. */
  readonly wasm?: string;
}

const here = join(import.meta.dirname, '..');
const peers = join(here, 'peers');

const programs: readonly Program[] = [
  {
    name: 'compiled',
    folder: here,
    source: trainingProgram('@nn/tensor/wasm'),
  },
  {
    name: 'tfjs wasm',
    folder: peers,
    // Its core alone with what training needs: the package @tensorflow/tfjs would bring twice as much.
    source: `
      import * as tf from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-core/dist/register_all_gradients';
      import '@tensorflow/tfjs-backend-wasm';
      await tf.setBackend('wasm');
      const x = tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]);
      const y = tf.cast(tf.oneHot(tf.tensor1d([0, 1, 1, 0], 'int32'), 2), 'float32');
      const [w1, b1] = [tf.variable(tf.randomNormal([2, 8])), tf.variable(tf.zeros([8]))];
      const [w2, b2] = [tf.variable(tf.randomNormal([8, 2])), tf.variable(tf.zeros([2]))];
      const optimizer = tf.train.adam(0.05);
      for (let epoch = 0; epoch < 100; epoch++) {
        const loss = optimizer.minimize(() => {
          const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1));
          return tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(hidden, w2), b2));
        }, true);
        console.log(loss.dataSync()[0]);
      }
    `,
    wasm: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  },
  {
    name: 'jax-js',
    folder: peers,
    source: `
      import { init, jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
      await init('wasm');
      const x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]);
      const y = nn.oneHot(np.array([0, 1, 1, 0], { dtype: np.int32 }), 2);
      let weights = [random.normal(random.key(0), [2, 8]), np.zeros([8]), random.normal(random.key(1), [8, 2]), np.zeros([2])];
      let means = weights.map((value) => np.zerosLike(value.ref));
      let squares = weights.map((value) => np.zerosLike(value.ref));
      const lossOf = valueAndGrad(([w1, b1, w2, b2], x, y) => {
        const logits = np.matmul(nn.relu(np.matmul(x, w1).add(b1)), w2).add(b2);
        return np.mean(np.sum(y.mul(nn.logSoftmax(logits, -1)), -1)).mul(-1);
      });
      const step = jit((weights, means, squares, rate, x, y) => {
        const [loss, gradients] = lossOf(tree.ref(weights), x, y);
        means = tree.map((mean, gradient) => mean.mul(0.9).add(gradient.mul(0.1)), means, tree.ref(gradients));
        squares = tree.map((square, gradient) => square.mul(0.999).add(np.square(gradient).mul(0.001)), squares, gradients);
        weights = tree.map(
          (value, mean, square) => value.sub(mean.mul(rate.ref).div(np.sqrt(square).add(1e-7))),
          weights, tree.ref(means), tree.ref(squares),
        );
        return [loss, weights, means, squares];
      });
      for (let epoch = 1; epoch <= 100; epoch++) {
        const rate = np.array((0.05 * Math.sqrt(1 - 0.999 ** epoch)) / (1 - 0.9 ** epoch));
        const [loss, ...state] = step(weights, means, squares, rate, x.ref, y.ref);
        [weights, means, squares] = state;
        console.log(loss.item());
      }
    `,
  },
];

export async function measureBundles(): Promise<BundleSize[]> {
  const sizes: BundleSize[] = [];
  for (const { name, folder, source, wasm } of programs) {
    try {
      const { gzip } = await bundle(source, folder);
      const fetched = wasm === undefined ? 0 : gzipSync(readFileSync(join(peers, wasm)), { level: 9 }).length;
      sizes.push({ name, script: gzip, wasm: fetched });
    } catch (error) {
      sizes.push({ name, reason: (error as Error).message.split('\n').at(-1)! });
    }
  }
  return sizes;
}
