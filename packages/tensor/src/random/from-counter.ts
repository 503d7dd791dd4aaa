import { concat } from '../combination.ts';
import { uniform } from '../operations/random.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import { apply, checkTensor, scalar, type Tensor, type Variable, variable } from '../tensor.ts';

/**
 * A counter for random numbers inside a step: a variable that holds a seed and how often was drawn.
 *
 * Numbers drawn inside a compiled step must be new at each run, so what they are drawn from is a `Variable` that the
 * step itself moves on; saved and restored with the other variables, it resumes the draws.
 *
 * @param seed  a whole number from −2³¹ to 2³¹ − 1; 0 is a seed like others
 * @returns     int32, shape [2]: the seed, and 0
 * @throws DTypeError when the seed lies outside int32
 * @example String(randomCounter(7))   // [7 0]
 */
export function randomCounter(seed: number): Variable<[2]> {
  const values = [seed, 0].map((value) => scalar(value, 'int32', 'randomCounter').expandDims(0));
  return variable(concat(values) as unknown as Tensor<[2]>, { name: 'counter' });
}

/**
 * Numbers spread evenly over [0, 1), drawn from a counter: the same counter gives the same numbers, step by step and
 * compiled. Move the counter on between draws: `counter.assign(counter.add(tensor([0, 1], { dtype: 'int32' })))`.
 *
 *   yᵢ = ⌊wᵢ / 2⁸⌋ / 2²⁴   wᵢ the words of Philox4x32-10 with the counter as its key
 *
 * @param counter  int32, shape [2]: the seed and the count, as `randomCounter` makes it
 * @param shape    of the result
 * @returns        float32, multiples of 2⁻²⁴
 * @throws ShapeError, DTypeError when the counter is not two int32
 * @example String(uniformFrom(randomCounter(0), [2]))   // [0.39904642 0.88052016]
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011)
 */
export function uniformFrom<const S extends Shape | []>(counter: Tensor<[2]>, shape: S): Tensor<S> {
  const from = checkTensor(counter as unknown as Tensor, 'uniformFrom');
  return apply(uniform, [from], { shape: checkShape(shape, 'uniformFrom') }) as unknown as Tensor<S>;
}

/**
 * Normally distributed numbers, mean 0 and variance 1, drawn from a counter as `uniformFrom` does.
 *
 *   y = √(−2 ln(1 − u)) · cos 2πv, and with sin the next one   u, v uniform in [0, 1)
 *
 * @param counter  int32, shape [2]: the seed and the count, as `randomCounter` makes it
 * @param shape    of the result
 * @returns        float32, none farther than 5.77 from 0
 * @throws ShapeError, DTypeError when the counter is not two int32
 * @example normalFrom(randomCounter(0), [1000]).mean().abs().less(0.1).item()   // 1
 * @see Box, Muller, A note on the generation of random normal deviates (1958)
 */
export function normalFrom<const S extends Shape | []>(counter: Tensor<[2]>, shape: S): Tensor<S> {
  const size = sizeOf(checkShape(shape, 'normalFrom'));
  const pairs: Tensor = uniformFrom(checkTensor(counter as unknown as Tensor, 'normalFrom') as unknown as Tensor<[2]>, [
    2,
    Math.ceil(size / 2),
  ]);
  // 1 − u is never 0, and exact.
  const radius = pairs.slice(0).neg().add(1).log().mul(-2).sqrt();
  const angle = pairs.slice(1).mul(2 * Math.PI);
  const both: Tensor = concat([radius.mul(angle.cos()), radius.mul(angle.sin())] as readonly Tensor[]);
  return both.slice([0, size]).reshape(shape as Shape) as Tensor as Tensor<S>;
}
