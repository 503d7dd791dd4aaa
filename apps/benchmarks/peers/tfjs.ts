import * as tf from '@tensorflow/tfjs';
import { type Contestant, digest, type Job } from '../src/contestant.ts';
import { adamSettings, type Numbers } from '../src/task.ts';

/** TensorFlow.js on its backend `cpu` (plain JavaScript) or `wasm` (one thread, as it is in Node). */
export async function contestant(backend: string): Promise<Contestant> {
  if (backend === 'wasm') {
    const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    setThreadsCount(1);
  }
  await tf.setBackend(backend);
  await tf.ready();

  return {
    matmul({ a, b }) {
      const [left, right] = [tensorOf(a), tensorOf(b)];
      return jobOf(() => tf.matMul(left, right));
    },
    chain({ x, w, b }) {
      const [rows, factor, shift] = [tensorOf(x), tensorOf(w), tensorOf(b)];
      return jobOf(() => tf.sum(tf.relu(tf.add(tf.mul(rows, factor), shift))));
    },
    softmax({ x }) {
      const rows = tensorOf(x);
      return jobOf(() => tf.softmax(rows));
    },
    training({ x, labels, layers, activation, optimizer: kind, learningRate, compared }) {
      const rows = tensorOf(x);
      const classes = layers.at(-1)!.bias.data.length;
      const wanted =
        classes === 1
          ? tf.tensor(Float32Array.from(labels), [labels.length, 1])
          : tf.cast(tf.oneHot(tf.tensor(labels, [labels.length], 'int32'), classes), 'float32');
      const parameters = layers.map(({ weight, bias }) => ({
        weight: tf.variable(tensorOf(weight)),
        bias: tf.variable(tensorOf(bias)),
      }));
      const { beta1, beta2, epsilon } = adamSettings;
      const optimizer =
        kind === 'adam' ? tf.train.adam(learningRate, beta1, beta2, epsilon) : tf.train.sgd(learningRate);
      const loss = (): tf.Tensor => {
        const logits = logitsOf(parameters, rows, activation === 'tanh' ? tf.tanh : tf.relu);
        return classes === 1
          ? tf.losses.sigmoidCrossEntropy(wanted, logits)
          : tf.losses.softmaxCrossEntropy(wanted, logits);
      };
      return {
        result: () =>
          Array.from({ length: compared }, () => tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]!)),
        run(times) {
          for (let time = 0; time < times; time++) tf.tidy(() => void optimizer.minimize(loss));
        },
      };
    },
    inference({ x, layers }) {
      const parameters = layers.map(({ weight, bias }) => ({ weight: tensorOf(weight), bias: tensorOf(bias) }));
      const [count, columns] = x.shape as [number, number];
      const rows = Array.from({ length: count }, (_, row) =>
        tf.tensor(x.data.slice(row * columns, (row + 1) * columns), [1, columns]),
      );
      let call = 0;
      const next = () => tf.tidy(() => logitsOf(parameters, rows[call++ % count]!, tf.relu).dataSync());
      return {
        result: () => rows.flatMap(() => Array.from(next())),
        run(times) {
          for (let time = 0; time < times; time++) next();
        },
      };
    },
  };
}

function tensorOf({ data, shape }: Numbers): tf.Tensor {
  return tf.tensor(data, [...shape]);
}

function logitsOf(
  layers: readonly { readonly weight: tf.Tensor; readonly bias: tf.Tensor }[],
  x: tf.Tensor,
  activation: (x: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return layers.reduce((values, { weight, bias }, at) => {
    const sums = tf.add(tf.matMul(values, weight), bias);
    return at < layers.length - 1 ? activation(sums) : sums;
  }, x);
}

function jobOf(unit: () => tf.Tensor): Job {
  return {
    result: () => tf.tidy(() => digest(unit().dataSync())),
    run(times) {
      for (let time = 0; time < times; time++) tf.dispose(tf.tidy(unit));
    },
  };
}
