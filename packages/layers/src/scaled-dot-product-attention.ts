import { arange, checkOptions, checkTensor, ShapeError, showShape, type Tensor, where } from '@nn/tensor';

/** What restricts and scales attention. */
export interface AttentionOptions {
  /**
   * Which keys each query may attend to, broadcast to [..., queries, keys]: bool, true where it may; or floating, added to
   * the scores.
   */
  readonly mask?: Tensor | undefined;
  /** Whether query t attends to keys 0 … t only; false unless given. */
  readonly causal?: boolean;
  /** The factor of the scores; 1/√width unless given. */
  readonly scale?: number;
}

/**
 * Scaled dot-product attention: each query gets the mean of the values, weighted by how well their keys match it.
 *
 *   y = softmax(scale · query · keyᵀ) · value
 *
 * A query that may attend to no key gets zeros. PyTorch's function of this name reads bool masks in the same way, its
 * MultiheadAttention in the opposite one.
 *
 * @param query  [..., queries, width]
 * @param key    [..., keys, width]
 * @param value  [..., keys, values]
 * @returns      [..., queries, values]
 * @throws ShapeError when the widths, or the number of keys and values, differ
 * @throws TypeError when an option is unknown
 * @example
 * const x = tensor([[1, 0], [0, 1]]);
 * String(scaledDotProductAttention(x, x, x, { causal: true }))   // [[1.         0.        ]\n [0.33023846 0.66976154]]
 * @see Vaswani et al., Attention Is All You Need (2017), §3.2.1
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  return attentionWeights('scaledDotProductAttention', query, key, options).matmul(checkTensor(value, 'value'));
}

/** The weights of attention, softmax(scale · query · keyᵀ), [..., queries, keys]. */
export function attentionWeights(caller: string, query: Tensor, key: Tensor, options: AttentionOptions): Tensor {
  const { mask, causal = false, scale } = checkOptions(caller, options, ['mask', 'causal', 'scale']);
  const [width, own] = [checkTensor(query, caller), checkTensor(key, caller)].map((x) => x.shape.at(-1));
  if (width === undefined || width !== own || query.rank < 2 || key.rank < 2) {
    throw new ShapeError(
      `${caller}: query [..., queries, width] and key [..., keys, width] need the same width, ` +
        `got ${showShape(query.shape)} and ${showShape(key.shape)}. Project both to one width.`,
    );
  }
  let scores: Tensor = query.mul(scale ?? 1 / Math.sqrt(width)).matmul(key.mT as Tensor);
  if (mask) scores = mask.dtype === 'bool' ? where(mask, scores, -Infinity) : scores.add(mask);
  if (causal) scores = where(causalMask(query.shape.at(-2)!, key.shape.at(-2)!), scores, -Infinity);
  // A row without any key has −∞ only: it is shifted by 0 and divided by 1, so that its weights are 0 and not NaN.
  const largest: Tensor = scores.max(-1, { keepdims: true }).detach();
  const powers: Tensor = scores.sub(where(largest.equal(-Infinity), 0, largest) as Tensor).exp();
  const sum: Tensor = powers.sum(-1, { keepdims: true });
  return powers.div(where(sum.equal(0), 1, sum) as Tensor);
}

/** True where key j is not after query t, [queries, keys]. */
function causalMask(queries: number, keys: number): Tensor {
  const time: Tensor = arange(queries).expandDims(-1);
  return time.greaterEqual(arange(keys));
}
