import { checkNumber } from '../check-number.ts';

/** Finite, no NaN. */
export function checkFinite(asked: string, name: string, value: number): number {
  return checkNumber(asked, name, value, Number.isFinite(value), 'a finite number');
}

/** A width of a distribution. */
export function checkScale(asked: string, name: string, value: number): number {
  return checkNumber(asked, name, value, value >= 0 && value < Infinity, 'a finite number from 0 on');
}

/** A chance. */
export function checkProbability(asked: string, name: string, value: number): number {
  return checkNumber(asked, name, value, value >= 0 && value <= 1, 'a probability from 0 to 1');
}

/** A number of things. */
export function checkCount(asked: string, name: string, value: number): number {
  const fits = Number.isInteger(value) && value >= 0 && value < 2 ** 31;
  return checkNumber(asked, name, value, fits, 'a whole number from 0 to 2147483647');
}

/** A seed from 0 to `largest`. */
export function checkSeed(asked: string, value: number, largest: number): number {
  const fits = Number.isInteger(value) && value >= 0 && value <= largest;
  return checkNumber(asked, 'a seed', value, fits, `a whole number from 0 to ${largest}, or an array of one or more`);
}

/**
 * Gives probabilities back when they are some: none negative, and 1 together.
 *
 * @throws TypeError when they are no array of numbers
 * @throws RangeError when one is negative, or they do not add up to 1
 */
export function checkProbabilities(asked: string, probabilities: ArrayLike<number>): Float64Array {
  if (typeof probabilities?.length !== 'number') {
    throw new TypeError(
      `${asked}: probabilities must be an array of numbers, got ${String(probabilities)}. Write { probabilities: [0.2, 0.8] }.`,
    );
  }
  const given = Float64Array.from(probabilities);
  const sum = given.reduce((total, one) => total + checkProbability(asked, 'every probability', one), 0);
  if (!(Math.abs(sum - 1) <= 1.4901161193847656e-8)) {
    throw new RangeError(`${asked}: the probabilities must add up to 1, got ${sum}. Divide each by their sum.`);
  }
  return given;
}
