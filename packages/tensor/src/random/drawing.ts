import { draw, floating } from './draw.ts';
import { checkNumber } from '../check-number.ts';
import { checkFinite, checkScale } from './parameter.ts';
import type { NormalOptions, Random, UniformOptions } from './random.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Source } from './source.ts';

/** Tensors of random numbers over a source of single draws. */
export function drawing(source: Source): Random {
  const random = {
    source,
    uniform(shape?: Shape, { low = 0, high = 1, dtype }: UniformOptions = {}): number | Tensor {
      checkFinite('uniform', 'low', low);
      const fits = low < high && high < Infinity;
      checkNumber('uniform', 'high', high, fits, `a finite number above low, which is ${low}`);
      return draw('uniform', shape, dtype, floating, (to) => low + (high - low) * source.unit(to));
    },
    normal(shape?: Shape, { mean = 0, deviation = 1, dtype }: NormalOptions = {}): number | Tensor {
      checkFinite('normal', 'mean', mean);
      checkScale('normal', 'deviation', deviation);
      return draw('normal', shape, dtype, floating, (to) => mean + deviation * source.normal(to));
    },
  };
  return random as Random;
}
