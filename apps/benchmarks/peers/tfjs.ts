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
    convolutional({ x, convolutions, classifier, learningRate, compared }) {
      const images = tf.variable(imagesOf(x));
      const layers = convolutions.map(({ weight, bias, groups, pool }) => {
        // [out, in / groups, 3, 3] → [3, 3, in, out], and for one channel a group [3, 3, in, out / in]
        const filters = tf.transpose(tensorOf(weight), groups === 1 ? [2, 3, 1, 0] : [2, 3, 0, 1]);
        return { weight: tf.variable(filters), bias: tf.variable(tensorOf(bias)), depthwise: groups > 1, pool };
      });
      // The rows of the dense layer are in the order of channels, heights and widths, here of heights, widths and channels.
      const dense = classifier && {
        weight: tf.variable(rowsByPosition(tensorOf(classifier.layer.weight), layers.at(-1)!.bias.size)),
        bias: tf.variable(tensorOf(classifier.layer.bias)),
      };
      const wanted =
        classifier &&
        tf.cast(
          tf.oneHot(
            tf.tensor(classifier.labels, [classifier.labels.length], 'int32'),
            classifier.layer.bias.data.length,
          ),
          'float32',
        );
      const trained = [
        ...layers.flatMap(({ weight, bias }) => [weight, bias]),
        ...(dense ? [dense.weight, dense.bias] : [images]),
      ];
      const optimizer = tf.train.sgd(learningRate);
      const loss = (): tf.Tensor => {
        let values: tf.Tensor = images;
        for (const { weight, bias, depthwise, pool } of layers) {
          const sums = depthwise ? tf.depthwiseConv2d(values, weight, 1, 'same') : convolved(values, weight, backend);
          values = tf.relu(tf.add(sums, bias));
          if (pool) values = tf.maxPool(values, 2, 2, 'valid');
        }
        if (!dense) return tf.mean(tf.square(values));
        const rows = tf.reshape(values, [values.shape[0]!, -1]);
        const logits = tf.add(tf.matMul(rows, dense.weight), dense.bias);
        return tf.losses.softmaxCrossEntropy(wanted!, logits);
      };
      return {
        result: () =>
          Array.from({ length: compared }, () =>
            tf.tidy(() => optimizer.minimize(loss, true, trained)!.dataSync()[0]!),
          ),
        run(times) {
          for (let time = 0; time < times; time++) tf.tidy(() => void optimizer.minimize(loss, false, trained));
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

/** [N, channels, H, W] → [N, H, W, channels] */
function imagesOf(x: Numbers): tf.Tensor {
  return tf.transpose(tensorOf(x), [0, 2, 3, 1]);
}

/** Rows of a weight in the order of channels and positions, in the order of positions and channels. */
function rowsByPosition(weight: tf.Tensor, channels: number): tf.Tensor {
  const [rows, columns] = weight.shape as [number, number];
  return tf.reshape(tf.transpose(tf.reshape(weight, [channels, rows / channels, columns]), [1, 0, 2]), [rows, columns]);
}

/** A convolution that keeps the size. The backend `wasm` has no gradient of the filters of `conv2d`, but of those of `conv3d`. */
function convolved(x: tf.Tensor, filters: tf.Tensor, backend: string): tf.Tensor {
  if (backend !== 'wasm') return tf.conv2d(x, filters, 1, 'same');
  const volumes = tf.expandDims(x, 1);
  return tf.squeeze(tf.conv3d(volumes, tf.expandDims(filters, 0), 1, 'same'), [1]);
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
