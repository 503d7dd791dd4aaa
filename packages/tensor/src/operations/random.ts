import { checkIs } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import { philox } from '../numbers/philox.ts';
import type { RandomOperation } from '../operation.ts';
import { random } from '../reference/elementwise.ts';
import { checkShape, showShape } from '../shape.ts';

/**
 * Uniform random numbers in [0, 1) from a counter. Equal counters give equal numbers in every backend.
 *
 * @formula yᵢ = philox(counter, i) / 2³², to 24 bits
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011): Philox4x32-10
 */
export const uniform: RandomOperation = {
  kind: 'random',
  name: 'uniform',
  shape([counter], { shape }) {
    if (counter!.length !== 1 || counter![0] !== 2) {
      throw new ShapeError(
        `uniform: the counter must have shape [2], the seed and the count, got shape ${showShape(counter!)}. ` +
          `Draw from stepRandom(seed).`,
      );
    }
    return checkShape(shape, 'uniform');
  },
  dtype([counter]) {
    checkIs(counter!, 'int32', 'uniform: counter');
    return 'float32';
  },
  forward: random,
  // Philox gives four words: element 4·i + k is word k of block i. The counter of this operation is the key of Philox.
  fill(y, seed, count) {
    for (let at = 0; at < y.length; at += 4) {
      const words = philox(seed, count, at / 4, 0, 0, 0);
      for (let k = 0; k < 4; k++) y[at + k] = (words[k]! >>> 8) / 2 ** 24;
    }
  },
};
