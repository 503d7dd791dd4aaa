import { checkNumber, full } from '@nn/tensor';
import type { Initializer } from './initializer.ts';

/**
 * An initial weight or bias that is the same number everywhere: biases start with `constant(0)`. Nothing is drawn.
 *
 * @throws TypeError when the value is not a number
 * @example String(constant(0.5)([2], randomState(0), 'float32'))   // [0.5 0.5]
 */
/* @__NO_SIDE_EFFECTS__ */
export function constant(value: number): Initializer {
  checkNumber('constant', 'value', value, true, 'a number', 'Write constant(0).');
  return (shape, _random, dtype) => full(shape, value, { dtype });
}
