import {
  checkNumber,
  checkOptions,
  concat,
  type LayerCall,
  ShapeError,
  showShape,
  stack,
  type Tensor,
} from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { anglesOf, type PositionOffset } from './position-angles.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `sinusoidalPositions`. */
export interface SinusoidalPositionsOptions {
  /** The base of the wavelengths; 10000 unless given. */
  readonly base?: number;
  /** Sines and cosines by turns, `interleaved` (as given without it), or all sines before all cosines, `concatenated`. */
  readonly layout?: 'interleaved' | 'concatenated';
  /** What the layer is called in a model. */
  readonly name?: string | undefined;
}

/** A layer that adds positions. */
export interface Positions extends Layer<SameShape> {
  (x: Tensor, call?: LayerCall & PositionOffset): Tensor;
}

/**
 * Sinusoidal positions, added to x: sines and cosines of growing wavelengths, which tell attention where a token stands.
 *
 *   y[t, 2i] = x[t, 2i] + sin θ,   y[t, 2i + 1] = x[t, 2i + 1] + cos θ       θ = (t + offset) · base^(−2i / width)
 *
 * @param width  the length of the rows of x, an even number
 * @returns      a layer that keeps the shape [..., time, width]; it has no parameters
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x is of another width
 * @example String(sinusoidalPositions(2)(zeros([2, 2])))   // [[0.         1.        ]\n [0.84147096 0.5403023 ]]
 * @see Vaswani et al., Attention Is All You Need (2017), §3.5
 */
/* @__NO_SIDE_EFFECTS__ */
export function sinusoidalPositions(width: number, options: SinusoidalPositionsOptions = {}): Positions {
  const caller = `sinusoidalPositions(${width})`;
  const given = checkOptions('sinusoidalPositions', options, ['base', 'layout', 'name']);
  const { base = 10_000, layout = 'interleaved', name } = given;
  checkNumber(
    caller,
    'width',
    width,
    Number.isInteger(width) && width > 0 && width % 2 === 0,
    'an even positive integer',
  );
  checkNumber(caller, 'base', base, base > 0 && base < Infinity, 'a positive number');
  if (layout !== 'interleaved' && layout !== 'concatenated') {
    throw new TypeError(`${caller}: layout is '${String(layout)}'. It is 'interleaved' or 'concatenated'.`);
  }
  return layer({
    title: caller,
    name,
    options: ['offset'],
    call(x: Tensor, { offset = 0 }: LayerCall & PositionOffset): Tensor {
      const time = checkRows(caller, x, width);
      const angles = anglesOf(time, width / 2, base, offset);
      const waves: readonly Tensor[] = [angles.sin(), angles.cos()];
      const encoding: Tensor =
        layout === 'concatenated' ? concat(waves, -1) : (stack(waves, -1).reshape([time, width]) as Tensor);
      return x.add(encoding.cast(x.dtype));
    },
  }) as unknown as Positions;
}

/** Returns how many rows x has, [..., time, width]. */
export function checkRows(caller: string, x: Tensor, width: number): number {
  const [time, own] = x.shape.slice(-2);
  if (time !== undefined && own === width) return time;
  throw new ShapeError(
    `${caller} expects x of shape [..., time, ${width}], got ${showShape(x.shape)}. Give it the width of the embedding.`,
  );
}
