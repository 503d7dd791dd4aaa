import { checkValues, type Tensor } from '@nn/tensor';

/**
 * Refuses predicted probabilities outside 0 … 1. A few units in the last place above 1 pass, as the terms of a sum are
 * rounded. NaN passes: it is what a diverged model predicts, and the loss is NaN too.
 *
 * @param logitsLoss  the loss to use for logits, which the message names
 * @throws RangeError with the first row that has one
 */
export function checkProbabilities(probabilities: Tensor, logitsLoss: string, caller: string): void {
  const highest = 1 + 4 * (probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  const fits = probabilities.less(0).logicalOr(probabilities.greater(highest)).logicalNot();
  checkValues(
    caller,
    fits,
    [probabilities],
    (at, [given]) =>
      new RangeError(
        `${caller}: probabilities must be between 0 and 1, got ${given!.data[at]} in row ${rowOf(at, given!)}. ` +
          `For logits use ${logitsLoss}.`,
      ),
  );
}

/**
 * Refuses targets of yes-or-no questions outside 0 … 1, NaN included.
 *
 * @throws RangeError with the first row that has one
 */
export function checkBinaryTargets(targets: Tensor, caller: string): void {
  checkValues(
    caller,
    targets.greaterEqual(0).logicalAnd(targets.lessEqual(1)),
    [targets],
    (at, [given]) =>
      new RangeError(
        `${caller}: targets must be between 0 (no) and 1 (yes), got ${given!.data[at]} in row ${rowOf(at, given!)}. ` +
          `Use softmaxCrossentropy for class indices.`,
      ),
  );
}

/**
 * Refuses rows of class probabilities with a negative or missing number, or with a sum further than 1e-3 from 1.
 *
 * @param labels  class probabilities, one-hot or not, shape [..., classes]
 * @throws RangeError with the first row that is wrong
 */
export function checkClassProbabilities(labels: Tensor, caller: string): void {
  const sumFits = labels.sum(-1).sub(1).abs().lessEqual(1e-3);
  checkValues(caller, labels.min(-1).greaterEqual(0).logicalAnd(sumFits), [labels], (row, [given]) => {
    const classes = given!.shape.at(-1)!;
    const numbers = [...given!.data.subarray(row * classes, (row + 1) * classes)];
    const least = numbers.reduce((a, b) => Math.min(a, b), Infinity);
    const wrong = least >= 0 ? `a sum of ${numbers.reduce((a, b) => a + b, 0)}` : `${least}`;
    return new RangeError(
      `${caller}: the class probabilities of each label must be at least 0 and add up to 1, got ${wrong} in row ` +
        `${row}. Divide each row by its sum, or give class indices.`,
    );
  });
}

/** The index on the first axis of the element that lies at `at` in the data. */
function rowOf(at: number, { size, shape }: Tensor): number {
  return Math.floor(at / (size / (shape[0] ?? 1)));
}
