import {
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  type DType,
  type Random,
  type Shape,
  type Tensor,
  type Variable,
  variable,
  where,
} from '@nn/tensor';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import { randomNormal } from './random-normal.ts';

/** The options of `embedding`. */
export interface EmbeddingOptions {
  /** The generator that the first vectors are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The initial vectors; N(0, 1) unless given, as in PyTorch. */
  readonly weight?: Initializer;
  /** The index of a filler, whose vector gets no gradient; none unless given. It starts as the others do. */
  readonly paddingIndex?: number;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the vectors; float32 unless given. */
  readonly dtype?: DType;
}

/** An embedding. Its parameter is `weight` [count, width]. */
export interface Embedding extends Layer {
  readonly weight: Variable;
}

/**
 * A vector of its own for each of `count` things, such as words: a table whose rows are trained.
 *
 *   y[…, j] = W[x[…], j]
 *
 * @param count  how many things there are; indices are 0 … count − 1
 * @param width  how many numbers each vector has
 * @returns      a layer from int32 indices of any shape to [..., width]
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when an index is out of bounds
 * @example embedding(10, 4, { random: randomState(0) })(tensor([1, 7], { dtype: 'int32' })).shape.join(' ')   // 2 4
 * @see Bengio, Ducharme, Vincent, Jauvin, A Neural Probabilistic Language Model (2003)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function embedding(count: number, width: number, options: EmbeddingOptions): Embedding {
  const caller = `embedding(${count}, ${width})`;
  const known = ['random', 'weight', 'paddingIndex', 'name', 'dtype'];
  const given: Partial<EmbeddingOptions> = checkOptions('embedding', options ?? {}, known);
  const { weight = randomNormal(1), paddingIndex, name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ count, width })) {
    const fits = Number.isInteger(value) && value > 0;
    checkNumber(caller, what, value, fits, 'a positive integer', 'Write embedding(1000, 16, …).');
  }
  if (paddingIndex !== undefined) {
    const fits = Number.isInteger(paddingIndex) && paddingIndex >= 0 && paddingIndex < count;
    checkNumber(caller, 'paddingIndex', paddingIndex, fits, `an index below ${count}`);
  }
  const random = checkRandom(given.random, caller);
  checkFloating(dtype, `${caller}: the weight`);
  const shape: Shape = [count, width];
  const initial = checkLike(weight(shape, random, dtype), { shape, dtype }, `${caller}: the initial weight`);
  const table = variable(initial, { name: `${name ?? caller}.weight` });
  const made = layer({
    title: caller,
    name,
    parameters: { weight: table },
    call(x: Tensor): Tensor {
      const vectors: Tensor = table.take(x, 0);
      if (paddingIndex === undefined) return vectors;
      return where(x.equal(paddingIndex).expandDims(-1) as Tensor, vectors.detach(), vectors);
    },
  });
  return Object.assign(made, { weight: table }) as unknown as Embedding;
}
