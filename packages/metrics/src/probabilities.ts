import { checkValues, type Tensor } from '@nn/tensor';

/**
 * Refuses probabilities outside 0 … 1, and NaN. A few units in the last place above 1 pass, as the terms of a sum are
 * rounded.
 *
 * @param hint  what to do with others
 * @throws RangeError with the first row that has one
 */
export function checkProbabilities(caller: string, probabilities: Tensor, hint: string): void {
  const highest = 1 + 4 * (probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  checkValues(
    caller,
    probabilities.greaterEqual(0).logicalAnd(probabilities.lessEqual(highest)),
    [probabilities],
    (at, [given]) =>
      new RangeError(
        `${caller}: probabilities must be between 0 and 1, got ${given!.data[at]} in row ${rowOf(at, given!)}. ${hint}`,
      ),
  );
}

/**
 * Refuses targets other than 0 and 1.
 *
 * @param hint  what to do with others
 * @throws RangeError with the first row that has one
 */
export function checkBinaryTargets(caller: string, targets: Tensor, hint: string): void {
  checkValues(
    caller,
    targets.equal(0).logicalOr(targets.equal(1)),
    [targets],
    (at, [given]) =>
      new RangeError(`${caller}: targets must be 0 or 1, got ${given!.data[at]} in row ${rowOf(at, given!)}. ${hint}`),
  );
}

/** The row of the element that lies at `at` in the data. */
function rowOf(at: number, { size, shape }: Tensor): number {
  return Math.floor(at / (size / shape[0]!));
}
