import type { Job } from '../contestant.ts';
import type { ConvolutionalTask, ConvolutionStart } from '../task.ts';
import { softmaxLoss } from './losses.ts';
import { sgdUpdate } from './updates.ts';

/** What a part of a network keeps: values and gradients of its results, and how both are computed. */
interface Stage {
  readonly values: Float32Array;
  readonly gradients: Float32Array;
  readonly parameters: readonly (readonly [values: Float32Array, gradients: Float32Array])[];
  forward(): void;
  /** From the gradients of its results those of what it reads, and of its parameters. */
  backward(): void;
}

type Results = Pick<Stage, 'values' | 'gradients'>;

/** Training steps of convolutions in plain loops. */
export function convolutional({ x, convolutions, classifier, learningRate, compared }: ConvolutionalTask): Job {
  const [samples, channels, height, width] = x.shape as [number, number, number, number];
  const input = { values: x.data.slice(), gradients: new Float32Array(x.data.length) };
  const stages: Stage[] = [];
  let last: Results = input;
  let planes = channels;
  let [rows, columns] = [height, width];
  for (const start of convolutions) {
    last = convolution(last, start, samples, planes, rows, columns);
    stages.push(last as Stage);
    planes = start.bias.data.length;
    if (start.pool) {
      last = largest(last, samples * planes, rows, columns);
      stages.push(last as Stage);
      [rows, columns] = [rows / 2, columns / 2];
    }
  }
  if (classifier) {
    last = dense(last, classifier.layer.weight.data, classifier.layer.bias.data, samples);
    stages.push(last as Stage);
  }
  const trained = stages.flatMap(({ parameters }) => parameters);
  if (!classifier) trained.push([input.values, input.gradients]);
  const updates = trained.map(([values, gradients]) => sgdUpdate(values, gradients, learningRate));
  const { values: results, gradients } = last;
  const lossOf = (): number => {
    if (classifier) {
      const { labels, layer } = classifier;
      return softmaxLoss(results, gradients, labels, layer.bias.data.length, 0, samples);
    }
    let sum = 0;
    for (let at = 0; at < results.length; at++) {
      sum += results[at]! ** 2;
      gradients[at] = (2 * results[at]!) / results.length;
    }
    return sum / results.length;
  };
  const step = (): number => {
    for (const stage of stages) stage.forward();
    const loss = lossOf();
    for (const stage of stages.toReversed()) stage.backward();
    for (const update of updates) update();
    return loss;
  };
  return {
    result: () => Array.from({ length: compared }, step),
    run(times) {
      for (let time = 0; time < times; time++) step();
    },
  };
}

/** A convolution with filters of 3 × 3 and ReLU. Images lie in frames of zeros, so that no loop asks where they end. */
function convolution(
  { values: x, gradients: xGradients }: Results,
  { weight: { data, shape }, bias: { data: biases }, groups }: ConvolutionStart,
  samples: number,
  inputs: number,
  height: number,
  width: number,
): Stage {
  const [outputs, depth] = shape as [number, number];
  const weight = data.slice();
  const bias = biases.slice();
  const weightGradient = new Float32Array(weight.length);
  const biasGradient = new Float32Array(outputs);
  const area = height * width;
  const values = new Float32Array(samples * outputs * area);
  const gradients = new Float32Array(values.length);
  const across = width + 2;
  const framed = new Float32Array((height + 2) * across);
  const framedGradient = new Float32Array(framed.length);
  const frame = (from: number): void => {
    for (let row = 0; row < height; row++)
      framed.set(x.subarray(from + row * width, from + (row + 1) * width), (row + 1) * across + 1);
  };
  /** Calls for every sample, group and channel of the group. */
  const eachPlane = (visit: (sample: number, group: number, channel: number, plane: number) => void): void => {
    for (let sample = 0; sample < samples; sample++) {
      for (let group = 0; group < groups; group++) {
        for (let channel = 0; channel < depth; channel++)
          visit(sample, group, channel, (sample * inputs + group * depth + channel) * area);
      }
    }
  };
  const filters = outputs / groups;
  return {
    values,
    gradients,
    parameters: [
      [weight, weightGradient],
      [bias, biasGradient],
    ],
    forward() {
      for (let at = 0; at < values.length; at++) values[at] = bias[Math.floor(at / area) % outputs]!;
      eachPlane((sample, group, channel, plane) => {
        frame(plane);
        for (let output = group * filters; output < (group + 1) * filters; output++) {
          for (let element = 0; element < 9; element++) {
            const factor = weight[(output * depth + channel) * 9 + element]!;
            for (let row = 0; row < height; row++) {
              const from = (row + Math.floor(element / 3)) * across + (element % 3);
              const to = (sample * outputs + output) * area + row * width;
              for (let column = 0; column < width; column++) values[to + column]! += factor * framed[from + column]!;
            }
          }
        }
      });
      for (let at = 0; at < values.length; at++) if (values[at]! < 0) values[at] = 0;
    },
    backward() {
      weightGradient.fill(0);
      biasGradient.fill(0);
      for (let at = 0; at < values.length; at++) {
        if (values[at]! <= 0) gradients[at] = 0;
        biasGradient[Math.floor(at / area) % outputs]! += gradients[at]!;
      }
      eachPlane((sample, group, channel, plane) => {
        frame(plane);
        framedGradient.fill(0);
        for (let output = group * filters; output < (group + 1) * filters; output++) {
          for (let element = 0; element < 9; element++) {
            const at = (output * depth + channel) * 9 + element;
            const factor = weight[at]!;
            let sum = 0;
            for (let row = 0; row < height; row++) {
              const from = (row + Math.floor(element / 3)) * across + (element % 3);
              const to = (sample * outputs + output) * area + row * width;
              for (let column = 0; column < width; column++) {
                const gradient = gradients[to + column]!;
                sum += gradient * framed[from + column]!;
                framedGradient[from + column]! += gradient * factor;
              }
            }
            weightGradient[at]! += sum;
          }
        }
        for (let row = 0; row < height; row++) {
          const from = (row + 1) * across + 1;
          xGradients.set(framedGradient.subarray(from, from + width), plane + row * width);
        }
      });
    },
  };
}

/** The largest number of each square of 2 × 2. Equal ones share the gradient. */
function largest({ values: x, gradients: xGradients }: Results, planes: number, height: number, width: number): Stage {
  const values = new Float32Array((planes * height * width) / 4);
  const gradients = new Float32Array(values.length);
  const squares = (visit: (at: number, square: readonly [number, number, number, number]) => void): void => {
    for (let at = 0; at < values.length; at++) {
      const row = Math.floor(at / (width / 2));
      const corner = 2 * row * width + 2 * (at % (width / 2));
      visit(at, [corner, corner + 1, corner + width, corner + width + 1]);
    }
  };
  return {
    values,
    gradients,
    parameters: [],
    forward: () => squares((at, square) => (values[at] = Math.max(...square.map((one) => x[one]!)))),
    backward: () =>
      squares((at, square) => {
        const first = square.filter((one) => x[one] === values[at]);
        for (const one of square) xGradients[one] = first.includes(one) ? gradients[at]! / first.length : 0;
      }),
  };
}

/** values = x · weight + bias */
function dense(
  { values: x, gradients: xGradients }: Results,
  start: Float32Array,
  biases: Float32Array,
  rows: number,
): Stage {
  const weight = start.slice();
  const bias = biases.slice();
  const weightGradient = new Float32Array(weight.length);
  const biasGradient = new Float32Array(bias.length);
  const inputs = x.length / rows;
  const neurons = bias.length;
  const values = new Float32Array(rows * neurons);
  const gradients = new Float32Array(values.length);
  return {
    values,
    gradients,
    parameters: [
      [weight, weightGradient],
      [bias, biasGradient],
    ],
    forward() {
      for (let row = 0; row < rows; row++) {
        values.set(bias, row * neurons);
        for (let k = 0; k < inputs; k++) {
          const value = x[row * inputs + k]!;
          for (let neuron = 0; neuron < neurons; neuron++)
            values[row * neurons + neuron]! += value * weight[k * neurons + neuron]!;
        }
      }
    },
    backward() {
      weightGradient.fill(0);
      biasGradient.fill(0);
      for (let row = 0; row < rows; row++) {
        for (let neuron = 0; neuron < neurons; neuron++) biasGradient[neuron]! += gradients[row * neurons + neuron]!;
        for (let k = 0; k < inputs; k++) {
          const value = x[row * inputs + k]!;
          let sum = 0;
          for (let neuron = 0; neuron < neurons; neuron++) {
            const gradient = gradients[row * neurons + neuron]!;
            weightGradient[k * neurons + neuron]! += value * gradient;
            sum += gradient * weight[k * neurons + neuron]!;
          }
          xGradients[row * inputs + k] = sum;
        }
      }
    },
  };
}
