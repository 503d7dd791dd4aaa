// The first training step of 2-64-3 with Adam in a fresh process, with TensorFlow.js: `node cold-tfjs.ts cpu|wasm`.
import { now } from '../src/clock.ts';
import { arms, sines } from '../src/cold-start/arms.ts';
import { tell } from '../src/cold-start/marks.ts';

const backend = process.argv[2]!;
const { x, labels } = arms();
const start = now();
const tf = await import('@tensorflow/tfjs');
if (backend === 'wasm') (await import('@tensorflow/tfjs-backend-wasm')).setThreadsCount(1);
await tf.setBackend(backend);
await tf.ready();
const imported = now();
const rows = tf.tensor(x, [300, 2]);
const wanted = tf.cast(tf.oneHot(tf.tensor(labels, [300], 'int32'), 3), 'float32');
const parameter = (...shape: number[]) => tf.variable(tf.tensor(sines(...shape).data, shape));
const [weight1, bias1] = [parameter(2, 64), parameter(64)];
const [weight2, bias2] = [parameter(64, 3), parameter(3)];
const optimizer = tf.train.adam(0.05, 0.9, 0.999, 1e-7);
const loss = optimizer.minimize(() => {
  const hidden = tf.relu(tf.add(tf.matMul(rows, weight1), bias1));
  return tf.losses.softmaxCrossEntropy(wanted, tf.add(tf.matMul(hidden, weight2), bias2));
}, true);
loss!.dataSync();
tell({ start, imported, stepped: now() });
