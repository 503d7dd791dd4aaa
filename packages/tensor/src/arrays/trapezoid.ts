import { pad } from '../combination.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import type { SliceRange } from '../methods/view.ts';
import { checkOptions } from '../options.ts';
import { normalizeAxis, showShape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/** The options of `trapezoid` and `cumulativeTrapezoid`. */
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
  const [areas, axis] = areasOf('trapezoid', y, options);
  return areas.sum(axis) as Tensor;
}

/** The areas between neighbours along the axis. */
function areasOf(caller: string, y: Tensor, options: TrapezoidOptions): readonly [areas: Tensor, axis: number] {
  const { x, step = 1, axis = -1 } = checkOptions(caller, options, ['x', 'step', 'axis']);
  const { rank } = checkTensor(y, caller);
  checkNumber(caller, 'step', step, Number.isFinite(step), 'a finite number');
  const along = normalizeAxis(axis, rank, caller);
  const length = y.shape[along]!;
  if (x !== undefined && (checkTensor(x, caller).rank !== 1 || x.size !== length)) {
    throw new ShapeError(
      `${caller}: x must be a vector of the ${length} places of y along axis ${along}, got ${showShape(x.shape)}. ` +
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
  return [areas, along];
}

/**
 * The integral from the first element along an axis up to each later one, by the trapezoidal rule.
 *
 *   y[n] = Σᵢ≤ₙ (y[i] + y[i + 1]) / 2 · (x[i + 1] − x[i])
 *
 * @param options  those of `trapezoid`
 * @returns        one element less along the axis
 * @throws ShapeError when y is a scalar, or x is not a vector as long as the axis
 * @throws RangeError, TypeError when the step is not finite
 * @example String(cumulativeTrapezoid(tensor([1, 2, 3])))   // [1.5 4. ]
 * @see SciPy: integrate.cumulative_trapezoid
 */
export function cumulativeTrapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const [areas, axis] = areasOf('cumulativeTrapezoid', y, options);
  const length = areas.shape[axis]!;
  const before = Array.from({ length: axis }, (): SliceRange => []);
  let sums = areas;
  // Sums of 1, 2, 4, … neighbours: each round adds those that end where the sum of an element begins.
  for (let reach = 1; reach < length; reach *= 2) {
    const earlier = sums.slice(...before, [0, length - reach]) as Tensor;
    const moved = pad(
      earlier,
      sums.shape.map((_, at) => [at === axis ? reach : 0, 0] as const),
    );
    sums = sums.add(moved) as Tensor;
  }
  return sums;
}
