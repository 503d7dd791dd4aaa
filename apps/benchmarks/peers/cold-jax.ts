// The first training step of 2-64-3 with Adam in a fresh process, with jax-js. `jit` compiles within the first step.
import { now } from '../src/clock.ts';
import { arms, sines } from '../src/cold-start/arms.ts';
import { tell } from '../src/cold-start/marks.ts';

const { x, labels } = arms();
const layer = (inputs: number, neurons: number) => ({ weight: sines(inputs, neurons), bias: sines(neurons) });
const start = now();
const [{ init }, { trainingStep }] = await Promise.all([import('@jax-js/jax'), import('./jax-network.ts')]);
await init('wasm');
const imported = now();
const step = trainingStep({
  kind: 'training',
  x: { shape: [300, 2], data: x },
  labels,
  layers: [layer(2, 64), layer(64, 3)],
  activation: 'relu',
  optimizer: 'adam',
  learningRate: 0.05,
});
step().item();
tell({ start, imported, stepped: now() });
