import { checkNumber } from '@nn/tensor';

/**
 * Gives an option back when it is a finite number above 0.
 *
 * @throws TypeError, RangeError when it is not
 */
export function checkPositive(caller: string, name: string, value: number, hint: string): number {
  return checkNumber(caller, name, value, value > 0 && value < Infinity, 'a positive number', hint);
}

/**
 * Gives an option back when it is a finite number, at least 0.
 *
 * @throws TypeError, RangeError when it is not
 */
export function checkNotNegative(caller: string, name: string, value: number, hint: string): number {
  return checkNumber(caller, name, value, value >= 0 && value < Infinity, 'a finite number, at least 0', hint);
}
