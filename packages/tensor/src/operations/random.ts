import { DTypeError, ShapeError } from '../error.ts';
import type { Random } from '../operation.ts';
import { philox } from '../random/philox.ts';
import { checkShape, showShape } from '../shape.ts';

/**
 * Uniform numbers in [0, 1) from a counter: equal counters give equal numbers, in every backend.
 *
 * @formula yᵢ = philox(counter, i) / 2³², to 24 bits
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011): Philox4x32-10
 */
export const uniform: Random = {
  kind: 'random',
  name: 'uniform',
  shape([counter], { shape }) {
    if (counter!.length !== 1 || counter![0] !== 2) {
      throw new ShapeError(
        `uniform: the counter holds two numbers, the seed and the count, got shape ${showShape(counter!)}. ` +
          `Write randomCounter(seed).`,
      );
    }
    return checkShape(shape, 'uniform');
  },
  dtype([counter]) {
    if (counter !== 'int32') {
      throw new DTypeError(`uniform: the counter must be int32, got ${counter}. Write counter.cast('int32').`);
    }
    return 'float32';
  },
  words: (key0, key1, block) => philox(key0, key1, block, 0, 0, 0),
};
