import {
  arange,
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  type DType,
  type LayerCall,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
  variable,
} from '@nn/tensor';
import type { Initializer } from './initializer.ts';
import { layer } from './layer.ts';
import type { PositionOffset } from './position-angles.ts';
import { randomNormal } from './random-normal.ts';
import { checkRows, type Positions } from './sinusoidal-positions.ts';

/** The options of `learnedPositions`. */
export interface LearnedPositionsOptions {
  /** The generator that the first vectors are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The initial vectors; 0.02 · N(0, 1) unless given. */
  readonly weight?: Initializer;
  /** The first part of the name of its parameter in a model. */
  readonly name?: string | undefined;
  /** The dtype of the vectors; float32 unless given. */
  readonly dtype?: DType;
}

/**
 * Learned positions, added to x: a trained vector for each position.
 *
 *   y[t] = x[t] + W[t + offset]
 *
 * @param length  how many positions there are
 * @param width   the length of the rows of x
 * @returns       a layer that keeps the shape [..., time, width]; its parameter is `weight` [length, width]
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x is of another width, or longer than there are positions
 * @example learnedPositions(10, 4, { random: randomState(0) })(zeros([2, 7, 4])).shape.join(' ')   // 2 7 4
 * @see Gehring, Auli, Grangier, Yarats, Dauphin, Convolutional Sequence to Sequence Learning (2017), §3.1
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function learnedPositions(length: number, width: number, options: LearnedPositionsOptions): Positions {
  const caller = `learnedPositions(${length}, ${width})`;
  const known = ['random', 'weight', 'name', 'dtype'];
  const given: Partial<LearnedPositionsOptions> = checkOptions('learnedPositions', options ?? {}, known);
  const { weight = randomNormal(0.02), name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ length, width })) {
    checkNumber(caller, what, value, Number.isInteger(value) && value > 0, 'a positive integer');
  }
  checkFloating(dtype, `${caller}: the dtype`);
  const random = checkRandom(given.random, caller);
  const shape: Shape = [length, width];
  const initial = checkLike(weight(shape, random, dtype), { shape, dtype }, `${caller}: the initial weight`);
  const table = variable(initial, { name: `${name ?? caller}.weight` });
  return layer({
    title: caller,
    name,
    parameters: { weight: table },
    options: ['offset'],
    call(x: Tensor, { offset = 0 }: LayerCall & PositionOffset): Tensor {
      const time = checkRows(caller, x, width);
      const last = time + (typeof offset === 'number' ? offset : 0);
      if (last > length) {
        throw new ShapeError(
          `${caller} has ${length} positions, and x needs ${last}. Make it longer, or give it shorter texts.`,
        );
      }
      const rows: Tensor =
        typeof offset === 'number' ? table.slice([offset, last]) : table.take(arange(time).add(offset), 0);
      return x.add(rows);
    },
  }) as unknown as Positions;
}
