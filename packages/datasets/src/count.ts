import { checkNumber } from '@nn/tensor';

/**
 * Gives a count back when it is one.
 *
 * @throws RangeError, TypeError when it is no whole number, or below `least`
 */
export function checkCount(count: number, name: string, asked: string, least = 1): number {
  const fits = Number.isInteger(count) && count >= least;
  const law = `a whole number from ${least} on`;
  return checkNumber(asked, name, count, fits, law, 'Round it, or leave it out for the default.');
}

/**
 * Gives a number back when it is one that can scale or shift.
 *
 * @throws RangeError, TypeError when it is NaN, infinite, or below `least`
 */
export function checkFinite(value: number, name: string, asked: string, least: number = -Infinity): number {
  const law = least === -Infinity ? 'a finite number' : `a finite number from ${least} on`;
  return checkNumber(asked, name, value, Number.isFinite(value) && value >= least, law);
}

/** `total` in equal parts; where it does not divide, the first parts get one more. */
export function evenParts(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, part) => Math.floor(total / parts) + (part < total % parts ? 1 : 0));
}
