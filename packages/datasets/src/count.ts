import { ShapeError } from '@nn/tensor';

/**
 * Gives a count back when it is one.
 *
 * @throws ShapeError when it is no whole number, or below `least`
 */
export function checkCount(count: number, name: string, asked: string, least = 1): number {
  if (!Number.isInteger(count) || count < least) {
    throw new ShapeError(
      `${asked}: ${name} must be a whole number from ${least} on, got ${count}. Round it, or leave it out for the default.`,
    );
  }
  return count;
}

/**
 * Gives a number back when it is one that can scale or shift.
 *
 * @throws ShapeError when it is NaN, infinite, or below `least`
 */
export function checkFinite(value: number, name: string, asked: string, least: number = -Infinity): number {
  if (!Number.isFinite(value) || value < least) {
    const fits = least === -Infinity ? 'a finite number' : `a finite number from ${least} on`;
    throw new ShapeError(`${asked}: ${name} must be ${fits}, got ${value}. Check how it came about.`);
  }
  return value;
}

/** `total` in equal parts; where it does not divide, the first parts get one more. */
export function evenParts(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, part) => Math.floor(total / parts) + (part < total % parts ? 1 : 0));
}
