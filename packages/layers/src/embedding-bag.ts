import { checkOptions, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Embedding, embedding, type EmbeddingOptions } from './embedding.ts';
import { layer } from './layer.ts';

/** The options of `embeddingBag`. */
export interface EmbeddingBagOptions extends Omit<EmbeddingOptions, 'paddingIndex'> {
  /** What is made of the vectors of a bag: `sum`, `mean` or `max`, number by number; `mean` unless given. */
  readonly mode?: 'sum' | 'mean' | 'max';
}

/**
 * One vector for a bag of things, such as the words of a text: the mean, the sum or the maximum of their vectors.
 *
 *   y[…, j] = mean i  W[x[…, i], j]
 *
 * @param count  how many things there are; indices are 0 … count − 1
 * @param width  how many numbers each vector has
 * @returns      a layer from int32 indices [..., things in a bag] to [..., width]; its parameter is `weight` [count, width]
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when an index is out of bounds, or bags are empty
 * @example
 * const bags = tensor([[1, 7, 7]], { dtype: 'int32' });
 * embeddingBag(10, 4, { random: randomState(0) })(bags).shape.join(' ')   // 1 4
 * @see Joulin, Grave, Bojanowski, Mikolov, Bag of Tricks for Efficient Text Classification (2016)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function embeddingBag(count: number, width: number, options: EmbeddingBagOptions): Embedding {
  const known = ['random', 'mode', 'weight', 'name', 'dtype'];
  const { mode = 'mean', ...rest } = checkOptions('embeddingBag', options ?? {}, known);
  if (mode !== 'sum' && mode !== 'mean' && mode !== 'max') {
    throw new RangeError(`embeddingBag: mode must be sum, mean or max, got ${String(mode)}. Write mode: 'mean'.`);
  }
  const caller = `embeddingBag(${count}, ${width})`;
  const vectors = embedding(count, width, rest);
  const made = layer({
    title: caller,
    name: rest.name,
    parameters: vectors.parameters,
    call(x): Tensor {
      if (!x.shape.at(-1)) {
        throw new ShapeError(`${caller} expects bags of indices, got ${showShape(x.shape)}. Leave out empty bags.`);
      }
      const each: Tensor = vectors(x);
      return (mode === 'sum' ? each.sum(-2) : mode === 'mean' ? each.mean(-2) : each.max(-2)) as Tensor;
    },
  });
  return Object.assign(made, { weight: vectors.weight }) as unknown as Embedding;
}
