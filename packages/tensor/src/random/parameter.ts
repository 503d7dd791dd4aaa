/**
 * Gives a parameter of a distribution back when it fits.
 *
 * @throws TypeError when it is no number
 * @throws RangeError when `fits` is false
 */
export function checkParameter(
  asked: string,
  name: string,
  value: number,
  fits: (value: number) => boolean,
  law: string,
): number {
  if (typeof value !== 'number') {
    throw new TypeError(
      `${asked}: ${name} must be a number, got ${value === undefined ? 'none' : typeof value}. Write { ${name}: … } with ${law}.`,
    );
  }
  if (!fits(value)) {
    throw new RangeError(`${asked}: ${name} must be ${law}, got ${value}. Check how it came about.`);
  }
  return value;
}

/** Finite, no NaN. */
export function checkFinite(asked: string, name: string, value: number): number {
  return checkParameter(asked, name, value, Number.isFinite, 'a finite number');
}

/** A width of a distribution. */
export function checkScale(asked: string, name: string, value: number): number {
  return checkParameter(asked, name, value, (width) => width >= 0 && width < Infinity, 'a finite number from 0 on');
}

/** A chance. */
export function checkProbability(asked: string, name: string, value: number): number {
  return checkParameter(asked, name, value, (chance) => chance >= 0 && chance <= 1, 'a probability from 0 to 1');
}

/** A number of things. */
export function checkCount(asked: string, name: string, value: number): number {
  return checkParameter(
    asked,
    name,
    value,
    (count) => Number.isInteger(count) && count >= 0 && count < 2 ** 31,
    'a whole number from 0 to 2147483647',
  );
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
