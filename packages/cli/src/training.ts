import { relu } from '@nn/activations';
import { batches } from '@nn/datasets';
import { dense, type Model, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam, type Optimizer } from '@nn/optimizers';
import { compile, gradients, type Random, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import type { LabelledData, Prepared, Task } from './tasks/task.ts';

/** The settings of a training run; the task has a default for each. */
export interface Settings {
  readonly epochs: number;
  /** Neurons of each hidden layer. */
  readonly neurons: readonly number[];
  readonly learningRate: number;
  readonly decay: number;
  /** undefined means all rows in one batch. */
  readonly batchSize: number | undefined;
}

/** How well a model does on some data. */
export interface Score {
  readonly loss: number;
  /** Fraction of correct predictions, 0 to 1. */
  readonly accuracy: number;
  readonly correct: number;
  readonly total: number;
}

/** One training step: the mean loss of a batch before the step, and the rows of the batch. */
export interface Step {
  readonly loss: number;
  readonly rows: number;
}

/** A network in training. */
export interface Training {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly stepsPerEpoch: number;
  /** Runs one epoch, one step each time the next value is asked for, so that it can be ended between two steps. */
  epoch(): Iterable<Step>;
  /** Loss and accuracy of the model as it is now. */
  evaluate(data: LabelledData): Score;
}

/** Builds the network of a task and the optimizer that trains it. */
export function training(task: Task, data: Prepared, settings: Settings, random: Random): Training {
  const widths = [data.inputs, ...settings.neurons];
  const hidden = settings.neurons.flatMap((neurons, index) => [layer(task, widths[index]!, neurons, random), relu]);
  const model = sequential(...hidden, layer(task, widths.at(-1)!, data.classes, random));
  const optimizer = adam(model.parameters, { learningRate: settings.learningRate, decay: settings.decay });

  const step = compile(
    (x: Tensor, y: Tensor): Tensor => {
      const loss = softmaxCrossentropy(model(x), y);
      optimizer.step(gradients(loss, model.parameters));
      return loss;
    },
    wasm({ deterministic: true }),
  );
  const measure = compile(
    (x: Tensor, y: Tensor): [loss: Tensor, accuracy: Tensor] => {
      const logits = model(x);
      return [softmaxCrossentropy(logits, y), accuracy(logits, y)];
    },
    wasm({ deterministic: true }),
  );
  const rows = data.train.x.shape[0]!;
  const { batchSize } = settings;
  const parts = batchSize === undefined ? [data.train] : batches(data.train, { size: batchSize, random });
  return {
    model,
    optimizer,
    stepsPerEpoch: batchSize === undefined ? 1 : Math.ceil(rows / batchSize),
    *epoch() {
      for (const { x, y } of parts) yield { loss: step(x, y).item(), rows: x.shape[0]! };
    },
    evaluate({ x, y }) {
      const [loss, correct] = measure(x, y);
      const total = y.shape[0]!;
      const fraction = correct.item();
      return { loss: loss.item(), accuracy: fraction, correct: Math.round(fraction * total), total };
    },
  };
}

function layer(task: Task, inputs: number, neurons: number, random: Random): Model {
  return dense(inputs, neurons, { random, weight: task.weight });
}
