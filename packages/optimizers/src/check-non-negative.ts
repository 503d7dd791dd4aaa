import { checkNumber } from '@nn/tensor';

/**
 * Refuses an option that is not a non-negative number.
 *
 * @param caller  the optimizer that takes the option
 * @param below   what it must stay below, such as 1 for the decay rate of a running average
 * @throws TypeError when it is no number
 * @throws RangeError when it is NaN, infinite or out of range
 */
export function checkNonNegative(caller: string, name: string, value: number, below: number = Infinity): void {
  const requirement = below < Infinity ? `at least 0 and below ${below}` : 'a finite number of at least 0';
  const fits = value >= 0 && value < below;
  checkNumber(caller, name, value, fits, requirement, 'Leave it out for the default.');
}
