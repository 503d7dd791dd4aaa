import { checkNumber } from '@nn/tensor';

/**
 * Refuses a limit that is not a positive number.
 *
 * @param caller  the function that takes it
 * @throws TypeError when it is no number
 * @throws RangeError when it is NaN or not above 0
 */
export function checkPositive(caller: string, name: string, value: number): void {
  checkNumber(caller, name, value, value > 0, 'a number above 0', 'Gradients of 0 would train nothing.');
}
