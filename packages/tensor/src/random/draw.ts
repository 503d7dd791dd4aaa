import { fromTypedArray } from '../creation.ts';
import { allocate, classOf, type DType, dtypeOf } from '../dtype.ts';
import { checkNumber, DTypeError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import { isCompiling, isTracing, type Tensor } from '../tensor.ts';
import type { NormalOptions, Random, Source, UniformOptions } from './random.ts';

// From single draws to tensors: arguments are checked, memory is allocated, and only then is anything drawn.

/**
 * Refuses to use a generator while a function is traced: `compile` runs the function once, and what it drew then would
 * be a constant of the program. `checkpoint` runs it again, and would draw other numbers.
 *
 * Whatever makes or keeps random words asks this first, so no distribution has to.
 */
export function checkNotTracing(): void {
  if (!isTracing()) return;
  if (!isCompiling()) {
    throw new DTypeError(
      'A random generator was used inside vmap, checkpoint, functionalCall, checkGradients or findNonFinite, which run a function ' +
        'for many results at once, or again. Draw inside the function from stepRandom(seed), or draw outside and pass the ' +
        'numbers as arguments.',
    );
  }
  throw new DTypeError(
    'A random generator was used while compile traces a function: every run would get the same numbers. ' +
      'Draw inside the function from stepRandom(seed), or draw outside and pass the numbers as arguments.',
  );
}

/** The dtypes to draw in: the first is the default for tensors, the second for single numbers. */
export type DrawnIn = readonly [DType, DType];

export const floating: DrawnIn = ['float32', 'float64'];
export const counting: DrawnIn = ['int32', 'float64'];

/**
 * One draw when no shape is given, else a tensor of draws in row-major order.
 *
 * Shape and dtype are checked, and memory is allocated, before anything is drawn.
 *
 * @param next  draws one number to be held in a dtype
 */
export function draw(
  caller: string,
  shape: Shape | undefined,
  dtype: DType | undefined,
  allowed: DrawnIn,
  next: (dtype: DType) => number,
): number | Tensor {
  const to = dtype ?? allowed[shape ? 0 : 1];
  if (!allowed.includes(to)) {
    throw new TypeError(
      `${caller}: draws are ${allowed.join(' or ')}, got dtype ${to}. Convert them with cast('${to}').`,
    );
  }
  if (shape === undefined) return to === 'float32' ? Math.fround(next(to)) : next(to);
  const array = allocate(to, sizeOf(checkShape(shape, caller)));
  for (let index = 0; index < array.length; index++) array[index] = next(to);
  return fromTypedArray(array, shape);
}

/** The options of a normal distribution. */
export const normalOptions: readonly string[] = ['mean', 'standardDeviation'];

/** A `Random` that draws from a source. */
export function drawing(source: Source): Random {
  const random = {
    source,
    uniform(shape?: Shape, options: UniformOptions = {}): number | Tensor {
      const { low = 0, high = 1, dtype } = checkOptions('uniform', options, ['low', 'high', 'dtype']);
      checkFinite('uniform', 'low', low);
      const fits = low < high && high < Infinity;
      checkNumber('uniform', 'high', high, fits, `a finite number above low, which is ${low}`);
      return draw('uniform', shape, dtype, floating, (to) => low + (high - low) * source.unit(to));
    },
    normal(shape?: Shape, options: NormalOptions = {}): number | Tensor {
      const { mean = 0, standardDeviation = 1, dtype } = checkOptions('normal', options, [...normalOptions, 'dtype']);
      checkFinite('normal', 'mean', mean);
      checkScale('normal', 'standardDeviation', standardDeviation);
      return draw('normal', shape, dtype, floating, (to) => mean + standardDeviation * source.normal(to));
    },
  };
  return random as Random;
}

/** Finite and not NaN. */
export function checkFinite(caller: string, name: string, value: number): number {
  return checkNumber(caller, name, value, Number.isFinite(value), 'a finite number');
}

/** A scale of a distribution. */
export function checkScale(caller: string, name: string, value: number): number {
  return checkNumber(caller, name, value, value >= 0 && value < Infinity, 'a finite non-negative number');
}

/** A probability. */
export function checkProbability(caller: string, name: string, value: number): number {
  return checkNumber(caller, name, value, value >= 0 && value <= 1, 'a probability from 0 to 1');
}

/** A count. */
export function checkCount(caller: string, name: string, value: number): number {
  const fits = Number.isInteger(value) && value >= 0 && value < 2 ** 31;
  return checkNumber(caller, name, value, fits, 'an integer from 0 to 2147483647');
}

/** A seed from 0 to `largest`. */
export function checkSeed(caller: string, value: number, largest: number): number {
  const fits = Number.isInteger(value) && value >= 0 && value <= largest;
  return checkNumber(caller, 'a seed', value, fits, `an integer from 0 to ${largest}, or an array of one or more`);
}

/**
 * Probabilities in float64, when each is from 0 to 1 and they add up to 1.
 *
 * Their sum may be off by √ε of the dtype that holds them, as in NumPy: 3.5e-4 in a Float32Array, else 1.5e-8.
 *
 * @throws TypeError when they are no array of numbers
 * @throws RangeError when one is negative, or they do not add up to 1
 */
export function checkProbabilities(caller: string, probabilities: ArrayLike<number>): Float64Array {
  if (typeof probabilities?.length !== 'number') {
    throw new TypeError(
      `${caller}: probabilities must be an array of numbers, got ${String(probabilities)}. Write { probabilities: [0.2, 0.8] }.`,
    );
  }
  const given = Float64Array.from(probabilities);
  const sum = given.reduce((total, one) => total + checkProbability(caller, 'every probability', one), 0);
  const epsilon = dtypeOf(classOf(probabilities)) === 'float32' ? 2 ** -23 : Number.EPSILON;
  if (!(Math.abs(sum - 1) <= Math.sqrt(epsilon))) {
    throw new RangeError(`${caller}: the probabilities must add up to 1, got ${sum}. Divide each by their sum.`);
  }
  return given;
}
