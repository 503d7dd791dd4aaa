import { init, jit, nn, numpy as np, tree } from '@jax-js/jax';
import { type Contestant, digest, type Job } from '../src/contestant.ts';
import { convolutionalStep } from './jax-convolutional.ts';
import { arrayOf, type Layers, layersOf, logitsOf, trainingStep } from './jax-network.ts';

/** jax-js on its backend `wasm`, every function under `jit`. An array that is passed without `.ref` is consumed. */
export async function contestant(): Promise<Contestant> {
  await init('wasm');
  return {
    matmul({ a, b }) {
      const product = jit((left: np.Array, right: np.Array) => np.matmul(left, right));
      const [left, right] = [arrayOf(a), arrayOf(b)];
      return jobOf(() => product(left.ref, right.ref));
    },
    chain({ x, w, b }) {
      const total = jit((rows: np.Array, factor: np.Array, shift: np.Array) =>
        np.sum(nn.relu(rows.mul(factor).add(shift))),
      );
      const [rows, factor, shift] = [arrayOf(x), arrayOf(w), arrayOf(b)];
      return jobOf(() => total(rows.ref, factor.ref, shift.ref));
    },
    softmax({ x }) {
      const probabilities = jit((rows: np.Array) => nn.softmax(rows, -1));
      const rows = arrayOf(x);
      return jobOf(() => probabilities(rows.ref));
    },
    training: (task) => stepsOf(trainingStep(task), task.compared),
    convolutional: (task) => stepsOf(convolutionalStep(task), task.compared),
    inference({ x, layers: starts }) {
      const logits = jit((layers: Layers, row: np.Array) => logitsOf(layers, row, nn.relu));
      const layers = layersOf(starts);
      const [count, columns] = x.shape as [number, number];
      const rows = Array.from({ length: count }, (_, row) =>
        np.array(x.data.slice(row * columns, (row + 1) * columns)).reshape([1, columns]),
      );
      let call = 0;
      const next = () => logits(tree.ref(layers), rows[call++ % count]!.ref).dataSync();
      return {
        result: () => rows.flatMap(() => Array.from(next())),
        run(times) {
          for (let time = 0; time < times; time++) next();
        },
      };
    },
  };
}

function stepsOf(step: () => np.Array, compared: number): Job {
  return {
    result: () => Array.from({ length: compared }, () => step().item()),
    run(times) {
      for (let time = 1; time < times; time++) step().dispose();
      step().item();
    },
  };
}

function jobOf(unit: () => np.Array): Job {
  return {
    result: () => digest(unit().dataSync()),
    async run(times) {
      for (let time = 0; time < times; time++) (await unit().blockUntilReady()).dispose();
    },
  };
}
