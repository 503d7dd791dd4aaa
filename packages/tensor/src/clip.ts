import type { Beside } from './methods/elementwise.ts';
import type { Operand } from './methods/reading.ts';
import { clip as operation } from './operations/clip.ts';
import type { Shape } from './shape.ts';
import type { Broadcast } from './shape-types.ts';
import { apply, owned, type Tensor } from './tensor.ts';

/**
 * a held between `low` and `high`. An end that is not given holds nothing.
 *
 * A function, not a method: it travels with those who call it.
 *
 * @example String(clip(tensor([-2, 0.5, 2]), -1, 1))   // [-1.   0.5  1. ]
 */
export function clip<A extends Shape, Low extends Shape = [], High extends Shape = []>(
  a: Tensor<A>,
  low?: Beside<A, Low>,
  high?: Beside<A, High>,
): Tensor<Broadcast<Broadcast<A, Low>, High>> {
  const x = owned(a as unknown as Tensor, 'clip');
  // What holds nothing is infinite, or the last whole number.
  const most = x.dtype === 'int32' ? 2 ** 31 - 1 : Infinity;
  const ends = [low === undefined ? -most : low, high === undefined ? most : high] as readonly Operand[];
  return apply(operation, [x, ...ends], undefined) as Tensor<Broadcast<Broadcast<A, Low>, High>>;
}
