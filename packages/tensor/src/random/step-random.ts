import { arange, fromTypedArray } from '../creation.ts';
import { checkFloating } from '../dtype.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import { elementwise } from '../operations/elementwise.ts';
import { uniform } from '../operations/random.ts';
import { argmax } from '../operations/search.ts';
import { checkOptions } from '../options.ts';
import { checkShape, checkBroadcastsTo, copyShape, type Shape } from '../shape.ts';
import { apply, checkTensor, type Tensor, type Variable, variable } from '../tensor.ts';
import type { Reduce } from '../types/axes.ts';
import { checkFinite, checkProbability, checkScale, normalOptions } from './draw.ts';
import type { NormalOptions, UniformOptions } from './random.ts';

// Random numbers inside a step. The generator is counter-based: its words are a function of a seed and of the number of
// draws so far, and those two are a Variable, which a compiled step reads and assigns as it does its parameters.
//
// Eager, compiled, and by threads the bits are the same. So whatever turns words into numbers is made of operations that
// are rounded correctly everywhere: +, −, ÷ and √, and products that are not added to anything, since a compiled sum may
// take a product unrounded. `log` and `cos` have other last bits in each backend.

/**
 * A generator for functions that are compiled: its state is a `Variable`, and every draw moves it on.
 *
 * A draw costs some operations per number. All draws are float32 and carry no gradient.
 */
export interface StepRandom {
  /**
   * The seed and the number of draws so far, int32, shape [2].
   *
   * Save it with the other variables, and `state.assign(saved)` goes on from there.
   */
  readonly state: Variable<[2]>;
  /**
   * Uniform draws, low ≤ x < high: multiples of (high − low) · 2⁻²⁴ above low.
   *
   *   x = low + (high − low) · w/2²⁴      w the upper 24 bits of a word of Philox4x32-10
   *
   * A draw just below `high` may round up to it when `low` or `high` is given.
   *
   * @throws RangeError when low is not below high
   * @example String(stepRandom(0).uniform([2]))   // [0.39904642 0.88052016]
   */
  uniform<const S extends Shape | []>(shape: S, options?: Omit<UniformOptions, 'dtype'>): Tensor<S>;
  /**
   * Normal draws, none farther than 5.5 standard deviations from the mean.
   *
   *   x = mean + standardDeviation · z,   Φ(z) = u      Φ the distribution function, u uniform
   *
   * z is within 2 · 10⁻⁶ of its value, relatively.
   *
   * @throws RangeError when the standard deviation is negative
   * @example stepRandom(0).normal([1000]).mean().abs().less(0.1).item()   // 1
   */
  normal<const S extends Shape | []>(shape: S, options?: Omit<NormalOptions, 'dtype'>): Tensor<S>;
  /**
   * True with probability p, bool.
   *
   *   x = u < p      u uniform
   *
   * @param p  from 0 to 1: a number, or a tensor that broadcasts to the shape; in a tensor numbers below 0 count as 0,
   *   numbers above 1 as 1
   * @throws RangeError when p is a number outside 0 … 1
   * @throws ShapeError when p does not broadcast to the shape
   * @example stepRandom(0).bernoulli(0.8, [1000]).sum().item()   // 785
   */
  bernoulli<const S extends Shape | []>(p: number | Tensor, shape: S): Tensor<S>;
  /**
   * One class index for each row of logits, int32: class k with probability softmax(logits)ₖ.
   *
   *   x = argmaxₖ (logitsₖ + gₖ),   gₖ = −ln(−ln(1 − u))      u uniform; g a Gumbel draw
   *
   * A logit of −∞ is a class that is never drawn. As many numbers are drawn as there are logits.
   *
   * @param logits  float, the classes along the last axis
   * @returns       the shape of the logits without its last axis
   * @throws ShapeError when there is no axis, or no class
   * @throws DTypeError when the logits are not float32 or float64
   * @example String(stepRandom(0).categorical(tensor([[0, 50], [50, 0]])))   // [1 0]
   * @see E. J. Gumbel, Statistical theory of extreme values (1954)
   */
  categorical<S extends Shape>(logits: Tensor<S>): Tensor<Reduce<S, -1>>;
  /**
   * The integers 0 … n − 1 in random order, int32, shape [n].
   *
   *   xᵢ = the number of keys below keyᵢ      the keys random, and all different
   *
   * Compares all pairs: n² comparisons, compiled 0.2 ms for n = 1000; eager they lie in memory, some bytes each. For more
   * rows draw `permutation(random, n)` outside the step and pass it as an argument.
   *
   * @throws RangeError when n is not an integer from 0 to 46340, whose square is the largest size of a tensor
   * @example String(stepRandom(0).permutation(5).sum())   // 10
   */
  permutation<const N extends number>(n: N): Tensor<[N]>;
}

/**
 * A generator of random numbers for use inside compiled functions: each run of the step draws new ones.
 *
 *   words of draw c = Philox4x32-10(key: (seed, c), counter: 0, 1, 2, …)
 *
 * A function that `compile` traces runs once. A `randomState` or a `generator` in it would be drawn from once, and is
 * refused; this one keeps its state in a `Variable`, which the compiled step moves on. Eager, compiled and by threads it
 * draws the same bits.
 *
 *   const random = stepRandom(0);
 *   const dropout = compile((x: Tensor) => random.bernoulli(0.8, x.shape).where(x.div(0.8), 0), wasm);
 *
 * @param seed  an integer from 0 to 2³² − 1
 * @throws RangeError when the seed is none of these
 * @throws TypeError when it is no number
 * @example String(stepRandom(7).state)   // [7 0]
 * @see J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011)
 */
/* @__NO_SIDE_EFFECTS__ */
export function stepRandom(seed: number): StepRandom {
  const fits = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
  checkNumber('stepRandom', 'the seed', seed, fits, 'an integer from 0 to 4294967295', 'Write stepRandom(0).');
  const state = variable(fromTypedArray(Int32Array.of(seed, 0), [2]), { name: 'random state' }) as Variable<[2]>;
  const oneDraw = fromTypedArray(Int32Array.of(0, 1), [2]);

  /** Uniform in [0, 1), multiples of 2⁻²⁴. Only here the state is read and advanced. */
  const draw = (shape: Shape): Tensor => {
    const u = apply(uniform, [state as unknown as Tensor], { shape: copyShape(shape) });
    state.assign(state.add(oneDraw));
    return u;
  };

  const random = {
    state,
    uniform(shape: Shape, options: Omit<UniformOptions, 'dtype'> = {}): Tensor {
      const { low = 0, high = 1 } = checkOptions('uniform', options, ['low', 'high']);
      checkFinite('uniform', 'low', low);
      const fitting = low < high && high < Infinity;
      checkNumber('uniform', 'high', high, fitting, `a finite number above low, which is ${low}`);
      const u = draw(checkShape(shape, 'uniform'));
      if (low === 0 && high === 1) return u;
      // abs, which changes nothing here, lets the product be rounded before it is added.
      return u
        .mul(high - low)
        .abs()
        .add(low);
    },
    normal(shape: Shape, options: Omit<NormalOptions, 'dtype'> = {}): Tensor {
      const { mean = 0, standardDeviation = 1 } = checkOptions('normal', options, normalOptions);
      checkFinite('normal', 'mean', mean);
      checkScale('normal', 'standardDeviation', standardDeviation);
      const x = draw(checkShape(shape, 'normal'))
        .mul(2)
        .sub(1 - 2 ** -24);
      // Twice the uniform number, less one: odd multiples of 2⁻²⁴, so that neither 0 nor ±1 is among them.
      const z = x.div(ratioToNormal(x));
      return mean === 0 && standardDeviation === 1 ? z : z.div(1 / standardDeviation).add(mean);
    },
    bernoulli(p: number | Tensor, shape: Shape): Tensor {
      checkShape(shape, 'bernoulli');
      if (typeof p === 'number') checkProbability('bernoulli', 'p', p);
      else checkBroadcastsTo(checkTensor(p, 'bernoulli').shape, shape, 'bernoulli');
      return draw(shape).less(p as Tensor);
    },
    categorical(logits: Tensor): Tensor {
      const { shape, dtype } = checkTensor(logits, 'categorical');
      checkFloating(dtype, 'categorical: logits');
      if (!shape.at(-1)) {
        throw new ShapeError(
          `categorical: the last axis of the logits holds the classes, got shape [${shape.join(', ')}]. ` +
            `Give one logit per class, at least one.`,
        );
      }
      const u = draw(shape).maximum(2 ** -25);
      const exponential = minusLog(minus(1, u), u);
      // −ln x = −ln (x/32) − ln 32
      const small = exponential.div(32);
      const gumbel = minusLog(small, minus(1, small)).sub(Math.log(32));
      // Less the negative: logits that are products are rounded before they are added.
      return apply(argmax, [gumbel.sub(logits.neg())], { axis: shape.length - 1, keepdims: false });
    },
    permutation(n: number): Tensor {
      const fits = Number.isInteger(n) && n >= 0 && n <= 46340;
      const hint = 'Draw permutation(random, n) outside the step and pass it as an argument.';
      checkNumber('permutation', 'n', n, fits, 'an integer from 0 to 46340', hint);
      return ranks(draw([2, n]), n);
    },
  };
  return random as unknown as StepRandom;
}

/**
 * x/z for a normal z with Φ(z) = (1 + x)/2, 0 < |x| < 1: an even function of x.
 *
 *   x/z = R(q)      q = (1 − x²)^(1/8)
 *
 * R is a rational function of degree 4, fitted by Lawson's algorithm for 1 − x² ≥ 2⁻²³; as a continued fraction it adds
 * no products.
 */
function ratioToNormal(x: Tensor): Tensor {
  const size = x.abs();
  const q = minus(1, size).mul(size.add(1)).sqrt().sqrt().sqrt();
  const first = over(-0.0832973256, q.add(0.05505252146));
  const second = over(0.9583077057, q.sub(1.359525075).add(first));
  const third = over(0.5384920359, q.sub(0.4467180317).add(second));
  return over(-2.720332775, q.sub(2.419763385).add(third)).sub(0.7568845649);
}

/**
 * −ln w for 2⁻³⁰ ≤ w ≤ 1.
 *
 *   −ln w = 2⁶ · artanh (1 − p)/(1 + p)      p = w^(1/32)
 *   1 − √w = (1 − w)/(1 + √w)                 so that nothing cancels
 *   artanh 1/r = 1/(r − (1/3)/(r − (4/15)/(r − (9/35)/(r − …))))      Legendre's continued fraction
 *
 * @param rest  1 − w, given apart since it is exact there
 */
function minusLog(w: Tensor, rest: Tensor): Tensor {
  let root = w;
  let fromOne = rest;
  for (let times = 0; times < 5; times++) {
    root = root.sqrt();
    fromOne = fromOne.div(root.add(1));
  }
  const r = root.add(1).div(fromOne);
  const third = r.sub(over(9 / 35, r));
  const second = r.sub(over(4 / 15, third));
  return over(64, r.sub(over(1 / 3, second)));
}

/**
 * For each of n keys, how many are below it.
 *
 *   key = 24 random bits, then as many as fit above the index, then the index      no two are equal
 *
 * The first 24 bits are one float32 number, the others a second one, which is compared where the first are equal.
 *
 * @param u  uniform, shape [2, n]
 */
function ranks(u: Tensor, n: number): Tensor {
  const indexBits = Math.ceil(Math.log2(Math.max(n, 1)));
  const high: Tensor = u.slice(0);
  const random = (u.slice(1) as Tensor).mul(2 ** (24 - indexBits)).floor();
  const low: Tensor = random.mul(2 ** indexBits).add(arange(n, { dtype: 'float32' }));
  const above = [high, low].map((key) => key.expandDims(1) as Tensor) as [Tensor, Tensor];
  const equal = high.equal(above[0]);
  return equal.where(low.less(above[1]), high.less(above[0])).cast('float32').sum(1).cast('int32') as Tensor;
}

/** a − b, with a number on the left. */
const minus = (a: number, b: Tensor): Tensor => apply(elementwise.sub, [a, b], undefined);

/** a/b, with a number on the left. */
const over = (a: number, b: Tensor): Tensor => apply(elementwise.div, [a, b], undefined);
