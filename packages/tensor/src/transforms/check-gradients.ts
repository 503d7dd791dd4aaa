import { allocate, isFloating } from '../dtype.ts';
import { checkFunction, checkNumber, DTypeError } from '../errors.ts';
import { mapTargets, pullback, type Targets, targetsIn, watch } from '../gradients.ts';
import { checkOptions } from '../options.ts';
import { indexAt, rowMajor, type Strided } from '../strided.ts';
import { checkTensor, isTracing, Tensor, Variable } from '../tensor.ts';
import { withValues } from './with-values.ts';

/** An element whose gradient differs from its difference quotient. */
export interface GradientError {
  /** Where the tensor is in x: `x`, `x.weight`, `x[0]`. */
  readonly target: string;
  /** The index of the element in its tensor. */
  readonly index: readonly number[];
  /** The difference quotient. */
  readonly numeric: number;
  /** What `gradients` gives. */
  readonly analytic: number;
  /** |numeric − analytic| / max(|numeric|, |analytic|) */
  readonly relativeError: number;
}

/** What `checkGradients` found. `String(report)` is a table. */
export interface GradientReport {
  readonly passed: boolean;
  /** The number of elements that were compared. */
  readonly elements: number;
  /** The elements that differ, the largest relative error first. */
  readonly errors: readonly GradientError[];
  toString(): string;
}

/**
 * Compares the gradients of a function with difference quotients, element by element: a test for a derivative, a layer or a
 * loss that you wrote.
 *
 *   (L(x + h) − L(x − h)) / 2h  ≈  ∂L/∂x     L = Σᵢ wᵢ · f(x)ᵢ with irregular weights w, or f(x) where it is a scalar
 *
 * x is taken in float64, also where it is a float32 variable. A kink, as of `abs` at 0, has no gradient to compare: choose
 * another x. Variables keep their values, and random numbers of `stepRandom` are the same in each evaluation.
 *
 * @param f                  a function of x that returns a tensor
 * @param x                  variables or other tensors: one, or an array or record of them, also in arrays and records
 * @param options.tolerance  the relative error that is allowed; 1e-5, or 0.01 where f(x) is float32
 * @throws DTypeError when f returns no floating tensor, x is not floating, or a compiled function is being traced
 * @throws RangeError when the tolerance is not positive
 * @example
 * const wrong = customGradient((x) => x.mul(x), (g, [x]) => [g.mul(x)]);
 * String(checkGradients(wrong, tensor(3)))
 * // 1 of 1 gradients is wrong
 * //   element  numeric  analytic  relative error
 * //   x[]            6         3             0.5
 * @see Griewank, Walther, Evaluating Derivatives (2008), §8.1
 */
export function checkGradients<const T extends Targets>(
  f: (x: T) => Tensor,
  x: T,
  options?: { readonly tolerance?: number },
): GradientReport;
export function checkGradients(
  f: (x: Targets) => Tensor,
  x: Targets,
  options: { readonly tolerance?: number } = {},
): GradientReport {
  checkFunction('checkGradients', f, 'checkGradients((x) => x.mul(x).sum(), x)');
  const { tolerance } = checkOptions('checkGradients', options, ['tolerance']);
  checkNumber(
    'checkGradients',
    'tolerance',
    tolerance ?? 1,
    (tolerance ?? 1) > 0,
    'a positive number',
    'Leave it out.',
  );
  if (isTracing()) {
    throw new DTypeError('checkGradients: numbers are not known while a function is traced. Call it outside.');
  }
  const points = pointsIn(x, 'x');
  const evaluate = (): { readonly value: Tensor; readonly args: readonly Tensor[] } => evaluated(f, x, points);

  const { value, args } = evaluate();
  if (!isFloating(value.dtype)) {
    throw new DTypeError(
      `checkGradients: the value must be float32 or float64, got ${value.dtype}. Others have no gradients.`,
    );
  }
  const weights = weightsFor(value);
  const weighted = (one: Tensor): number => {
    let sum = 0;
    one.elements().forEach((element, at) => (sum += element * weights[at]!));
    return sum;
  };
  const cotangent = new Tensor(value.shape, value.dtype, contiguous(weights, value));
  const found = targetsIn(pullback([value], [cotangent], args));

  const single = value.dtype === 'float32';
  // The cube root of the unit roundoff balances rounding and truncation of a central difference.
  const epsilon = single ? 2 ** -24 : 2 ** -53;
  let size = 0;
  value.elements().forEach((element, at) => (size += Math.abs(element * weights[at]!)));
  const compared = points.flatMap(({ name, shape, data }, nth) => {
    const analytic = found[nth]!.elements();
    return Array.from(data, (center, at) => {
      const step = Math.cbrt(epsilon) * Math.max(1, Math.abs(center));
      data[at] = center + step;
      const above = weighted(evaluate().value);
      data[at] = center - step;
      const below = weighted(evaluate().value);
      data[at] = center;
      const numeric = (above - below) / (2 * step);
      return { target: name, index: indexAt(at, shape), numeric, analytic: analytic[at]!, step };
    });
  });
  const largest = compared.reduce((most, { numeric }) => (Math.abs(numeric) > most ? Math.abs(numeric) : most), 0);
  const relative = tolerance ?? (single ? 1e-2 : 1e-5);
  const errors = compared.flatMap(({ step, ...one }): GradientError[] => {
    const difference = Math.abs(one.numeric - one.analytic);
    const scale = Math.max(Math.abs(one.numeric), Math.abs(one.analytic));
    // What the difference quotient itself may be off: its rounding, and its terms of higher order.
    const noise = (100 * epsilon * size) / step + step * largest + 10 * step ** 2;
    return difference <= noise + relative * scale ? [] : [{ ...one, relativeError: difference / scale }];
  });
  errors.sort((a, b) => b.relativeError - a.relativeError);
  return {
    passed: errors.length === 0,
    elements: compared.length,
    errors,
    toString: () => show(compared.length, errors),
  };
}

/** A tensor of x, in float64. */
interface Point {
  readonly name: string;
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  /** Its elements in row-major order. They change from one evaluation to the next. */
  readonly data: Float64Array;
}

function pointsIn(x: Targets, name: string): readonly Point[] {
  if (x instanceof Tensor || typeof x !== 'object' || x === null || '@nn/tensor' in x) {
    const tensor = checkTensor(x as Tensor, 'checkGradients');
    // Refuses what has no gradient.
    const { shape } = watch(tensor);
    return [{ name, tensor, shape, data: Float64Array.from(tensor.current().elements()) }];
  }
  return Object.entries(x).flatMap(([key, one]) =>
    pointsIn(one as Targets, Array.isArray(x) ? `${name}[${key}]` : `${name}.${key}`),
  );
}

/** The value of f at the points, and the tensors that stand for them. */
function evaluated(
  f: (x: Targets) => Tensor,
  x: Targets,
  points: readonly Point[],
): { readonly value: Tensor; readonly args: readonly Tensor[] } {
  const args = points.map(({ shape, data }) => {
    const numbers = { array: data.slice(), strides: rowMajor(shape), offset: 0 };
    return new Tensor(shape, 'float64', numbers, { requiresGrad: true });
  });
  const own = new Map(
    points.flatMap(({ tensor }, at) => (tensor instanceof Variable ? [[tensor, args[at]!] as const] : [])),
  );
  let next = 0;
  const given = mapTargets(x, () => args[next++]!);
  const value = withValues(own, true, () => checkTensor(f(given), 'checkGradients: the value').current());
  return { value, args };
}

/** 1 for a scalar, otherwise irregular weights, so that errors of different elements do not cancel. */
function weightsFor({ rank, size, dtype }: Tensor): Float32Array | Float64Array {
  const weights = allocate(dtype, size) as Float32Array | Float64Array;
  return weights.map((_, at) => (rank === 0 ? 1 : Math.sin(1 + 1.7 * at) + 0.3));
}

const contiguous = (array: Float32Array | Float64Array, { shape }: Tensor): Strided => ({
  array,
  strides: rowMajor(shape),
  offset: 0,
});

/** The most errors that a table shows. */
const most = 10;

function show(elements: number, errors: readonly GradientError[]): string {
  if (errors.length === 0) return `all ${elements} gradients are right`;
  const rows = errors
    .slice(0, most)
    .map(({ target, index, numeric, analytic, relativeError }) => [
      `${target}[${index.join(', ')}]`,
      ...[numeric, analytic, relativeError].map((number) => String(Number(number.toPrecision(6)))),
    ]);
  const table = [['element', 'numeric', 'analytic', 'relative error'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
  const rest = errors.length > most ? [`  … and ${errors.length - most} more`] : [];
  const verb = errors.length === 1 ? 'is' : 'are';
  return [`${errors.length} of ${elements} gradients ${verb} wrong`, ...lines.map((line) => `  ${line}`), ...rest].join(
    '\n',
  );
}
