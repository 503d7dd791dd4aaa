import { spiral } from '@nn/datasets';
import { randomState } from '@nn/tensor';
import { training } from '../by-hand/training.ts';
import type { Task, TrainingTask } from '../task.ts';
import { rounding, type Workload } from '../workload.ts';
import { byHand } from './arithmetic.ts';
import { layerStarts, uniform } from './draw.ts';

function trainingWorkload(name: string, title: string, task: () => Omit<TrainingTask, 'kind'>): Workload {
  return {
    name,
    title,
    task: () => ({ kind: 'training', ...task() }),
    expected: (given: Task, rowByRow) => training(given as TrainingTask, rowByRow ? 1 : undefined).result(),
    tolerance: rounding,
  };
}

/** The notebook's network on the notebook's spiral. */
export function spiralTraining(optimizer: 'sgd' | 'adam'): Workload {
  const named = optimizer === 'sgd' ? 'SGD' : 'Adam';
  return trainingWorkload(`spiral-${optimizer}`, `training step of 2-64-3 with ReLU, 300 rows, ${named}`, () => {
    const { x, y } = spiral({ samples: 100, classes: 3, random: randomState(0) });
    return {
      x: { shape: [300, 2], data: x.data as Float32Array },
      labels: y.data as Int32Array,
      layers: layerStarts([2, 64, 3], 7),
      activation: 'relu',
      optimizer,
      learningRate: optimizer === 'sgd' ? 0.5 : 0.05,
      // Adam makes large differences of small ones: rounding alone tells longer runs apart.
      compared: 10,
    };
  });
}

export const xorTraining: Workload = trainingWorkload(
  'xor',
  'training step of 2-8-1 with tanh, the 4 rows of XOR, SGD',
  () => ({
    x: { shape: [4, 2], data: new Float32Array([0, 0, 0, 1, 1, 0, 1, 1]) },
    labels: new Int32Array([0, 1, 1, 0]),
    layers: layerStarts([2, 8, 1], 8),
    activation: 'tanh',
    optimizer: 'sgd',
    learningRate: 0.1,
    compared: 10,
  }),
);

/** A network for pictures of 28 × 28, on 128 made-up ones. */
export function pictureTraining(widths: readonly number[], compared: number): Workload {
  const name = widths.join('-');
  return trainingWorkload(name, `training step of ${name} with ReLU, 128 rows, SGD`, () => ({
    x: uniform([128, 784], 9),
    labels: Int32Array.from(uniform([128], 10).data, (value) => Math.floor(value * 10)),
    layers: layerStarts(widths, 11),
    activation: 'relu',
    optimizer: 'sgd',
    learningRate: 0.01,
    compared,
  }));
}

export const inference: Workload = {
  name: 'inference',
  title: 'logits of one row by 784-128-10 with ReLU, another row each time, read as numbers',
  task: () => ({ kind: 'inference', x: uniform([16, 784], 12), layers: layerStarts([784, 128, 10], 13) }),
  expected: byHand,
  tolerance: rounding,
};
