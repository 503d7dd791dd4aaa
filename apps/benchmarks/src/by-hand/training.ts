import type { Job } from '../contestant.ts';
import type { InferenceTask, TrainingTask } from '../task.ts';
import { sigmoidLoss, softmaxLoss } from './losses.ts';
import { plainNetwork } from './network.ts';
import { adamUpdate, sgdUpdate } from './updates.ts';

/**
 * Training steps in plain loops.
 *
 * @param rowsPerUpdate  all rows by default; a step then goes through all of them in several updates, and
 *                       its loss is the mean of theirs
 */
export function training(task: TrainingTask, rowsPerUpdate: number = task.labels.length): Job {
  const { x, labels, layers: starts, activation, optimizer, learningRate, compared } = task;
  const rows = labels.length;
  const network = plainNetwork(starts, rows, activation);
  const { neurons: outputs, outputGradient } = network.layers.at(-1)!;
  const update = optimizer === 'adam' ? adamUpdate : sgdUpdate;
  const updates = network.layers.flatMap(({ weight, weightGradient, bias, biasGradient }) => [
    update(weight, weightGradient, learningRate),
    update(bias, biasGradient, learningRate),
  ]);

  const step = (): number => {
    let loss = 0;
    for (let from = 0; from < rows; from += rowsPerUpdate) {
      const to = from + rowsPerUpdate;
      const logits = network.forward(x.data, from, to);
      loss +=
        outputs === 1
          ? sigmoidLoss(logits, outputGradient, labels, from, to)
          : softmaxLoss(logits, outputGradient, labels, outputs, from, to);
      network.backward(x.data, from, to);
      for (let at = 0; at < updates.length; at++) updates[at]!();
    }
    return (loss * rowsPerUpdate) / rows;
  };
  return {
    result: () => Array.from({ length: compared }, step),
    run(times) {
      for (let time = 0; time < times; time++) step();
    },
  };
}

/** The logits of one row at a time, in plain loops. */
export function inference({ x, layers }: InferenceTask): Job {
  const [rows, columns] = x.shape as [number, number];
  const network = plainNetwork(layers, 1, 'relu');
  const each = Array.from({ length: rows }, (_, row) => x.data.slice(row * columns, (row + 1) * columns));
  let call = 0;
  const logits = (): Float32Array => network.forward(each[call++ % rows]!, 0, 1);
  return {
    result: () => each.flatMap(() => [...logits()]),
    run(times) {
      for (let time = 0; time < times; time++) logits();
    },
  };
}
