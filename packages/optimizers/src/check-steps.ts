import { checkNumber } from '@nn/tensor';

/**
 * Refuses a number of steps that is not a positive integer.
 *
 * @param caller  the schedule that takes it
 * @throws TypeError when it is no number
 * @throws RangeError when it is out of range
 */
export function checkSteps(caller: string, name: string, value: number): void {
  const fits = Number.isInteger(value) && value > 0;
  checkNumber(caller, name, value, fits, 'a positive integer', 'Count in steps of the optimizer, not in epochs.');
}
