import type { Job } from '../contestant.ts';
import type { InferenceTask, TrainingTask } from '../task.ts';
import { sigmoidLoss, softmaxLoss } from './losses.ts';
import { plainNetwork } from './network.ts';
import { adamUpdate, sgdUpdate } from './updates.ts';

/**
 * Training steps in plain loops.
 *
 * @param rowsPerUpdate  all rows unless told otherwise; a step then goes through all of them in several updates, and
 *                       its loss is the mean of theirs
 */
export function training(task: TrainingTask, rowsPerUpdate: number = task.labels.length): Job {
  const { x, labels, layers: starts, activation, optimizer, learningRate, compared } = task;
  const rows = labels.length;
  const network = plainNetwork(starts, rows, activation);
  const { neurons: outputs, outputSlope } = network.layers.at(-1)!;
  const update = optimizer === 'adam' ? adamUpdate : sgdUpdate;
  const updates = network.layers.flatMap(({ weight, weightSlope, bias, biasSlope }) => [
    update(weight, weightSlope, learningRate),
    update(bias, biasSlope, learningRate),
  ]);

  const step = (): number => {
    let loss = 0;
    for (let from = 0; from < rows; from += rowsPerUpdate) {
      const to = from + rowsPerUpdate;
      const scores = network.forward(x.data, from, to);
      loss +=
        outputs === 1
          ? sigmoidLoss(scores, outputSlope, labels, from, to)
          : softmaxLoss(scores, outputSlope, labels, outputs, from, to);
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

/** The scores of one row at a time, in plain loops. */
export function inference({ x, layers }: InferenceTask): Job {
  const [rows, columns] = x.shape as [number, number];
  const network = plainNetwork(layers, 1, 'relu');
  const each = Array.from({ length: rows }, (_, row) => x.data.slice(row * columns, (row + 1) * columns));
  let call = 0;
  const scores = (): Float32Array => network.forward(each[call++ % rows]!, 0, 1);
  return {
    result: () => each.flatMap(() => [...scores()]),
    run(times) {
      for (let time = 0; time < times; time++) scores();
    },
  };
}
