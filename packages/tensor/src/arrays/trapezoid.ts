import { checkNumber, ShapeError } from '../errors.ts';
import type { SliceRange } from '../methods/view.ts';
import { checkOptions } from '../options.ts';
import { normalizeAxis, showShape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/** The options of `trapezoid`. */
export interface TrapezoidOptions {
  /** The places of y along the axis, a vector; without them they are `step` apart. */
  readonly x?: Tensor | undefined;
  /** The distance of two places; 1 unless given. */
  readonly step?: number;
  /** The axis; the last unless given. */
  readonly axis?: number;
}

/**
 * The integral along an axis by the trapezoidal rule.
 *
 *   Σᵢ (y[i] + y[i + 1]) / 2 · (x[i + 1] − x[i])
 *
 * @throws ShapeError when y is a scalar, or x is not a vector as long as the axis
 * @throws RangeError, TypeError when the step is not finite
 * @example String(trapezoid(tensor([1, 2, 3])))   // 4.0
 * @see NumPy: trapezoid
 */
export function trapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const { x, step = 1, axis = -1 } = checkOptions('trapezoid', options, ['x', 'step', 'axis']);
  const { rank } = checkTensor(y, 'trapezoid');
  checkNumber('trapezoid', 'step', step, Number.isFinite(step), 'a finite number');
  const along = normalizeAxis(axis, rank, 'trapezoid');
  const length = y.shape[along]!;
  if (x !== undefined && (checkTensor(x, 'trapezoid').rank !== 1 || x.size !== length)) {
    throw new ShapeError(
      `trapezoid: x must be a vector of the ${length} places of y along axis ${along}, got ${showShape(x.shape)}. ` +
        `Leave it out for places that are \`step\` apart.`,
    );
  }
  const part = (range: SliceRange): Tensor =>
    y.slice(...Array.from({ length: along }, (): SliceRange => []), range) as Tensor;
  const means: Tensor = part([1, null])
    .add(part([0, -1]))
    .div(2);
  const widths = x ? (x.slice([1, null]).sub(x.slice([0, -1])) as Tensor) : undefined;
  const shape = y.shape.map((_, at) => (at === along ? Math.max(length - 1, 0) : 1));
  const areas: Tensor = widths ? means.mul(widths.reshape(shape)) : means.mul(step);
  return areas.sum(along) as Tensor;
}
