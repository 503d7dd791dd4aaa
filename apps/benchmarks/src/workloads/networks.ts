import { spiral } from '@nn/datasets';
import { randomState } from '@nn/tensor';
import { training } from '../by-hand/training.ts';
import type { ConvolutionalTask, ConvolutionStart, Numbers, Task, TrainingTask } from '../task.ts';
import { rounding, type Workload } from '../workload.ts';
import { byHand } from './arithmetic.ts';
import { convolutionStarts, layerStarts, uniform } from './draw.ts';

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

function convolutionalWorkload(
  name: string,
  title: string,
  task: () => Omit<ConvolutionalTask, 'kind' | 'learningRate'>,
): Workload {
  return {
    name,
    title,
    task: () => ({ kind: 'convolutional', learningRate: 0.01, ...task() }),
    expected: byHand,
    // The mean of a million squares: contestants that add them one after another in float32 are off by 2e-4.
    tolerance: { relative: 1e-3, absolute: 0 },
  };
}

/** Numbers around 0. */
const centred = ({ shape, data }: Numbers): Numbers => ({ shape, data: data.map((value) => 2 * value - 1) });

/** One convolution in the middle of a network: x is trained, too. */
function oneConvolution(name: string, title: string, convolution: () => readonly ConvolutionStart[]): Workload {
  return convolutionalWorkload(
    name,
    `training step of ${title}, 32 images of 32 × 32, with its gradient of x, SGD`,
    () => {
      const convolutions = convolution();
      const [{ weight, groups }] = convolutions as [ConvolutionStart];
      return {
        x: centred(uniform([32, weight.shape[1]! * groups, 32, 32], 14)),
        convolutions,
        classifier: undefined,
        compared: 3,
      };
    },
  );
}

export const convolution: Workload = oneConvolution(
  'convolution',
  'a convolution 3 × 3, 16 → 32 channels, with ReLU',
  () => convolutionStarts([{ inputs: 16, outputs: 32 }], 15),
);

export const depthwise: Workload = oneConvolution(
  'depthwise',
  'a depthwise convolution 3 × 3, 32 channels, with ReLU',
  () => convolutionStarts([{ inputs: 32, outputs: 32, groups: 32 }], 16),
);

export const digitsTraining: Workload = convolutionalWorkload(
  'digits',
  'training step of two convolutions 3 × 3 (1 → 16 → 32 channels) with ReLU and maxima of 2 × 2, then dense 128 → 10, 64 images of 8 × 8, SGD',
  () => ({
    x: uniform([64, 1, 8, 8], 17),
    convolutions: convolutionStarts(
      [
        { inputs: 1, outputs: 16, pool: true },
        { inputs: 16, outputs: 32, pool: true },
      ],
      18,
    ),
    classifier: {
      layer: layerStarts([128, 10], 19)[0]!,
      labels: Int32Array.from(uniform([64], 20).data, (value) => Math.floor(value * 10)),
    },
    compared: 5,
  }),
);

export const inference: Workload = {
  name: 'inference',
  title: 'logits of one row by 784-128-10 with ReLU, another row each time, read as numbers',
  task: () => ({ kind: 'inference', x: uniform([16, 784], 12), layers: layerStarts([784, 128, 10], 13) }),
  expected: byHand,
  tolerance: rounding,
};
