import { checkValues, type Tensor } from '@nn/tensor';

/**
 * Refuses predicted probabilities outside 0 … 1. A few units in the last place above 1 pass, as the terms of a sum are
 * rounded. NaN passes: it is what a diverged model predicts, and the loss is NaN too.
 *
 * @param hint  what to do with logits
 * @throws RangeError with the first row that has one
 */
export function checkProbabilities(probabilities: Tensor, hint: string, caller: string): void {
  const highest = 1 + 4 * (probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  const fits = probabilities.less(0).logicalOr(probabilities.greater(highest)).logicalNot();
  checkFits(probabilities, fits, { name: 'probabilities', rule: 'between 0 and 1', hint }, caller);
}

/**
 * Refuses targets of yes-or-no questions outside 0 … 1, NaN included.
 *
 * @throws RangeError with the first row that has one
 */
export function checkBinaryTargets(targets: Tensor, caller: string): void {
  const words = {
    name: 'targets',
    rule: 'between 0 (no) and 1 (yes)',
    hint: 'Use softmaxCrossentropy for class indices.',
  };
  checkFits(targets, targets.greaterEqual(0).logicalAnd(targets.lessEqual(1)), words, caller);
}

/**
 * Refuses targets other than two given numbers, as −1 and 1.
 *
 * @param hint  how to make such targets
 * @throws RangeError with the first row that has another
 */
export function checkEither(targets: Tensor, numbers: readonly [number, number], hint: string, caller: string): void {
  const [first, second] = numbers;
  const fits = targets.equal(first).logicalOr(targets.equal(second));
  checkFits(targets, fits, { name: 'targets', rule: `${first} or ${second}`, hint }, caller);
}

/** Refuses targets other than −1 and 1, as `checkEither` does. */
export function checkSigns(targets: Tensor, caller: string): void {
  checkEither(targets, [-1, 1], 'For targets of 0 and 1 write target.mul(2).sub(1).', caller);
}

/**
 * Refuses numbers that do not fit.
 *
 * @param fits  where they do; NaN should pass in what a model predicts, which may have diverged
 * @param name  what the numbers are called
 * @param rule  what fits, in words
 * @param hint  how to fix the others
 * @throws RangeError with the first row that has one that does not fit
 */
export function checkFits(
  values: Tensor,
  fits: Tensor,
  { name, rule, hint }: Readonly<Record<'name' | 'rule' | 'hint', string>>,
  caller: string,
): void {
  checkValues(
    caller,
    fits,
    [values],
    (at, [given]) =>
      new RangeError(`${caller}: ${name} must be ${rule}, got ${given!.data[at]} in row ${rowOf(at, given!)}. ${hint}`),
  );
}

/**
 * Refuses log-probabilities above 0, apart from rounding. NaN passes.
 *
 * @throws RangeError with the first row that has one
 */
export function checkLogProbabilities(values: Tensor, hint: string, caller: string): void {
  const highest = 4 * (values.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  const words = { name: 'log-probabilities', rule: 'at most 0', hint };
  checkFits(values, values.greater(highest).logicalNot(), words, caller);
}

/** The index on the first axis of the element that lies at `at` in the data. */
function rowOf(at: number, { size, shape }: Tensor): number {
  return Math.floor(at / (size / (shape[0] ?? 1)));
}
