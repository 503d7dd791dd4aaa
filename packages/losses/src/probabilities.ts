import type { Tensor } from '@nn/tensor';

/**
 * Refuses predicted probabilities outside 0 … 1. A few units in the last place above 1 pass, as the terms of a sum are
 * rounded. NaN passes: it is what a diverged model predicts, and the loss is NaN too. While a function is traced the
 * numbers are not known yet, and nothing is checked.
 *
 * @param logitsLoss  the loss to use for logits, which the message names
 * @throws RangeError with the first row that has one
 */
export function checkProbabilities(probabilities: Tensor, logitsLoss: string, caller: string): void {
  if (probabilities.symbolic) return;
  const { data } = probabilities;
  const highest = 1 + 4 * (probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  const at = data.findIndex((p) => p < 0 || p > highest);
  if (at < 0) return;
  throw new RangeError(
    `${caller}: probabilities must be between 0 and 1, got ${data[at]} in row ${rowOf(at, probabilities)}. ` +
      `For logits use ${logitsLoss}.`,
  );
}

/**
 * Refuses targets of yes-or-no questions outside 0 … 1, NaN included. While a function is traced the numbers are not
 * known yet, and nothing is checked.
 *
 * @throws RangeError with the first row that has one
 */
export function checkBinaryTargets(targets: Tensor, caller: string): void {
  if (targets.symbolic) return;
  const { data } = targets;
  const at = data.findIndex((target) => !(target >= 0 && target <= 1));
  if (at < 0) return;
  throw new RangeError(
    `${caller}: targets must be between 0 (no) and 1 (yes), got ${data[at]} in row ${rowOf(at, targets)}. ` +
      `Use softmaxCrossentropy for class indices.`,
  );
}

/**
 * Refuses rows of class probabilities with a negative or missing number, or with a sum further than 1e-3 from 1. While a
 * function is traced the numbers are not known yet, and nothing is checked.
 *
 * @param labels  class probabilities, one-hot or not, shape [..., classes]
 * @throws RangeError with the first row that is wrong
 */
export function checkClassProbabilities(labels: Tensor, caller: string): void {
  if (labels.symbolic) return;
  const { data } = labels;
  const classes = labels.shape.at(-1)!;
  for (let start = 0; start < data.length; start += classes) {
    let sum = 0;
    let least = Infinity;
    for (let at = start; at < start + classes; at++) {
      sum += data[at]!;
      least = Math.min(least, data[at]!);
    }
    if (least >= 0 && Math.abs(sum - 1) <= 1e-3) continue;
    const wrong = least >= 0 ? `a sum of ${sum}` : `${least}`;
    throw new RangeError(
      `${caller}: the class probabilities of each label must be at least 0 and add up to 1, got ${wrong} in row ` +
        `${start / classes}. Divide each row by its sum, or give class indices.`,
    );
  }
}

/** The index on the first axis of the element that lies at `at` in the data. */
function rowOf(at: number, { size, shape }: Tensor): number {
  return Math.floor(at / (size / (shape[0] ?? 1)));
}
