import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { checkNumber } from '../check-number.ts';
import { checkFinite } from './parameter.ts';
import type { Random } from './random.ts';

/** The corners of the triangle. */
export interface TriangularOptions {
  readonly low: number;
  /** Where the density is highest. */
  readonly mode: number;
  readonly high: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Draws between low and high whose density rises in a line to the mode and falls in a line from there.
 *
 * @throws RangeError when not low ≤ mode ≤ high, or low = high
 * @example String(triangular(randomState(0), [2], { low: 0, mode: 0.3, high: 1 }))   // [0.43801197 0.55349416]
 */
export function triangular(random: Random, shape: undefined, options: TriangularOptions): number;
export function triangular<const S extends Shape | []>(random: Random, shape: S, options: TriangularOptions): Tensor<S>;
export function triangular(
  { source }: Random,
  shape: Shape | undefined,
  { low, mode, high, dtype }: TriangularOptions = {} as TriangularOptions,
): number | Tensor {
  checkFinite('triangular', 'low', low);
  checkFinite('triangular', 'high', high);
  checkNumber('triangular', 'high', high, low < high, `above low, which is ${low}`);
  checkNumber('triangular', 'mode', mode, low <= mode && mode <= high, `from ${low} to ${high}`);
  const width = high - low;
  const left = mode - low;
  return draw('triangular', shape, dtype, floating, () => {
    const unit = source.unit();
    if (unit <= left / width) return low + Math.sqrt(unit * (left * width));
    return high - Math.sqrt((1 - unit) * ((high - mode) * width));
  });
}
