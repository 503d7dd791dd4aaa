import { checkNumber } from '@nn/tensor';

/**
 * One integer for each of `rank` axes, from one number for all or one for each.
 *
 * @throws RangeError, TypeError when there are other numbers than one for each axis, or one is below `least`
 */
export function perAxis(
  caller: string,
  what: string,
  value: number | readonly number[],
  rank: number,
  least: number,
): readonly number[] {
  const all = typeof value === 'number' ? Array.from({ length: rank }, () => value) : value;
  if (all.length !== rank) {
    throw new RangeError(
      `${caller}: ${what} must have ${rank} numbers, got ${all.length}. Write one number for all axes.`,
    );
  }
  for (const one of all) {
    const requirement = least > 0 ? 'a positive integer' : 'a non-negative integer';
    checkNumber(caller, what, one, Number.isInteger(one) && one >= least, requirement);
  }
  return all;
}
