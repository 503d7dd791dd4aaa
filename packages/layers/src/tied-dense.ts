import { checkOptions, checkTensor, ShapeError, showShape, type Tensor, Variable, variable, zeros } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { Rows } from './shape-rule.ts';

/** The options of `tiedDense`. */
export interface TiedDenseOptions {
  /** Whether there is a bias of its own to be trained; true unless given. */
  readonly bias?: boolean;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
}

/**
 * A dense layer that shares its weight with an embedding: words that are alike as inputs are alike as predictions.
 *
 *   y = x · Wᵀ + b      x [..., width], W [count, width] of the embedding, y [..., count]
 *
 * W is trained by both uses: its gradient is their sum. In a model it counts once, under the name of the embedding.
 *
 * @param weight  the variable to share, [count, width]: `embedding.weight`
 * @throws TypeError when it is no variable, or an option is unknown
 * @throws ShapeError when it is no matrix, or rows of x have another length
 * @example
 * const words = embedding(10, 4, { random: randomState(0) });
 * const model = sequential(words, tiedDense(words.weight));
 * Object.keys(model.parameters).join(' ')   // 0.weight 1.bias
 * @see Press, Wolf, Using the Output Embedding to Improve Language Models (2017)
 */
/* @__NO_SIDE_EFFECTS__ */
export function tiedDense(weight: Variable, options: TiedDenseOptions = {}): Layer<Rows<number, number>> {
  const { bias = true, name } = checkOptions('tiedDense', options, ['bias', 'name']);
  if (!(checkTensor(weight, 'tiedDense') instanceof Variable)) {
    throw new TypeError('tiedDense: the weight must be a variable, got a tensor. Write tiedDense(embedding.weight).');
  }
  if (weight.rank !== 2) {
    throw new ShapeError(
      `tiedDense: the weight must be [count, width], got ${showShape(weight.shape)}. Write tiedDense(embedding.weight).`,
    );
  }
  const [count, width] = weight.shape as [number, number];
  const caller = `tiedDense(${width}, ${count})`;
  const biases = bias
    ? variable(zeros([count], { dtype: weight.dtype }) as Tensor, { name: `${name ?? caller}.bias` })
    : undefined;
  return layer({
    title: caller,
    name,
    input: [width],
    parameters: { weight, ...(biases && { bias: biases }) },
    call(x): Tensor {
      if (x.shape.at(-1) !== width) {
        throw new ShapeError(
          `${caller} expects rows of length ${width}, got ${showShape(x.shape)}. ` +
            `Let the layer before give rows as long as the vectors of the embedding.`,
        );
      }
      const y: Tensor = x.matmul(weight.T as Tensor);
      return biases ? y.add(biases) : y;
    },
  }) as unknown as Layer<Rows<number, number>>;
}
