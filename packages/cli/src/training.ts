import { relu } from '@nn/activations';
import { batches } from '@nn/datasets';
import { dense, type Model, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { adam, type Optimizer } from '@nn/optimizers';
import { compile, gradients, type Random, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import type { Labelled, Prepared, Task } from './tasks/task.ts';

/** What a training run is set to; every value has a default in its task. */
export interface Settings {
  readonly epochs: number;
  readonly neurons: readonly number[];
  readonly learningRate: number;
  readonly decay: number;
  readonly batch: number | undefined;
}

/** How well a model does on some data. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
  readonly right: number;
  readonly total: number;
}

/** A network in training. */
export interface Training {
  readonly model: Model;
  readonly optimizer: Optimizer;
  /** Goes once through the training data; gives the mean loss, each batch's before its step. */
  epoch(): number;
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
  const rows = data.train.x.shape[0]!;
  const parts = settings.batch === undefined ? [data.train] : batches(data.train, { size: settings.batch, random });
  return {
    model,
    optimizer,
    epoch() {
      let sum = 0;
      for (const { x, y } of parts) sum += step(x, y).item() * x.shape[0]!;
      return sum / rows;
    },
  };
}

function layer(task: Task, inputs: number, neurons: number, random: Random): Model {
  return dense(inputs, neurons, { random, ...(task.weight && { weight: task.weight }) });
}

/** Loss and accuracy of a model on data that it is not trained on here. */
export function score(model: Model, { x, y }: Labelled): Score {
  const logits = model(x);
  const total = y.shape[0]!;
  const share = accuracy(logits, y).item();
  return { loss: softmaxCrossentropy(logits, y).item(), accuracy: share, right: Math.round(share * total), total };
}
