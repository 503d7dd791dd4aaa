import { fromTypedArray } from '../creation.ts';
import { counting, draw, floating } from './draw.ts';
import { checkCount, checkFinite, checkParameter, checkScale } from './parameter.ts';
import type { IntegersOptions, NormalOptions, Random, UniformOptions } from './random.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { ascending, shuffleWith, type Source } from './source.ts';

/** Tensors of random numbers over a source of single draws. */
export function drawing(source: Source): Random {
  const random = {
    source,
    uniform(shape?: Shape, { low = 0, high = 1, dtype }: UniformOptions = {}): number | Tensor {
      checkFinite('uniform', 'low', low);
      checkFinite('uniform', 'high', high);
      checkParameter('uniform', 'high', high, () => low < high, `above low, which is ${low}`);
      const precision = dtype ?? (shape ? 'float32' : 'float64');
      const width = high - low;
      return draw('uniform', shape, precision, floating, () => low + width * source.unit(precision));
    },
    normal(shape?: Shape, { mean = 0, deviation = 1, dtype }: NormalOptions = {}): number | Tensor {
      checkFinite('normal', 'mean', mean);
      checkScale('normal', 'deviation', deviation);
      const precision = dtype ?? (shape ? 'float32' : 'float64');
      return draw('normal', shape, precision, floating, () => mean + deviation * source.normal(precision));
    },
    integers(
      shape: Shape | undefined,
      { low = 0, high, dtype = 'int32' }: IntegersOptions = {} as IntegersOptions,
    ): number | Tensor {
      const [least, most] = dtype === 'int32' ? [-(2 ** 31), 2 ** 31] : [-(2 ** 53), 2 ** 53];
      const fits = (value: number) => Number.isInteger(value) && value >= least && value <= most;
      const law = `a whole number from ${least} to ${most} for ${dtype}`;
      checkParameter('integers', 'low', low, fits, law);
      checkParameter('integers', 'high', high, fits, law);
      checkParameter('integers', 'high', high, () => low < high, `above low, which is ${low}`);
      const range = high - low;
      checkParameter('integers', 'high − low', range, (numbers) => numbers <= 2 ** 53, 'at most 2 ** 53');
      return draw('integers', shape, dtype, counting, () => low + source.whole(range));
    },
    permutation(n: number): Tensor {
      return fromTypedArray(shuffleWith(source, ascending(checkCount('permutation', 'n', n))), [n]);
    },
    shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A {
      if (!Array.isArray(array) && !ArrayBuffer.isView(array)) {
        throw new TypeError(
          `shuffle: expected an array or a typed array, got ${String(array)}. ` +
            `The rows of a tensor are shuffled by x.take(random.permutation(x.shape[0]), 0).`,
        );
      }
      return shuffleWith(source, array);
    },
    state: () => source.state(),
    restore: (state: Parameters<Random['restore']>[0]) => source.restore(state),
    clone: () => drawing(source.clone()),
  };
  return random as Random;
}
