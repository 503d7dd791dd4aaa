import { checkTensor, type Tensor } from '@nn/tensor';
import type { AttentionCache } from './attention-cache.ts';
import { layer, type LayerFacts } from './layer.ts';
import type { MultiHeadAttention } from './multi-head-attention.ts';
import { type TransformerCall, type TransformerLayerOptions, transformerParts } from './transformer-encoder-layer.ts';
import { variablesOf } from './variables-of.ts';

/** What a call of a decoder layer is told besides x. */
export interface DecoderCall extends TransformerCall {
  /** What the encoder gives, [N, time there, width]. */
  readonly memory: Tensor;
  /** Which rows of the memory each token may attend to; as `mask` of `multiHeadAttention`. */
  readonly memoryMask?: Tensor | undefined;
  /** Which rows of the memory are tokens and not padding, bool [N, time there]. */
  readonly memoryKeyMask?: Tensor | undefined;
}

/** A layer of a transformer's decoder. */
export interface TransformerDecoderLayer extends LayerFacts {
  (x: Tensor, call: DecoderCall): Tensor;
  /** The layers of self-attention, and of attention to the memory. */
  readonly attention: MultiHeadAttention;
  readonly memoryAttention: MultiHeadAttention;
  /** An empty cache for N texts of up to `length` tokens. */
  cache(samples: number, length: number): AttentionCache;
}

/**
 * A layer of a transformer's decoder: self-attention, attention to the `memory` that the encoder gives, and two dense layers
 * at each position, x carried on around all three.
 *
 *   x ← norm₁(x + attention(x))
 *   x ← norm₂(x + memoryAttention(x, memory, memory))
 *   y = norm₃(x + dense₂(activation(dense₁(x))))       each x + part(norm(x)) with `normFirst`
 *
 * Self-attention is causal unless `causal: false` is given. The parameters are those of `attention`, `memoryAttention`,
 * `hidden`, `output`, `norm1`, `norm2` and `norm3`.
 *
 * @param width  the length of the rows of x and of the memory
 * @param heads  how many heads attention has; it divides the width
 * @returns      a function of [N, time, width] and `{ memory }` to the same shape as x
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws TypeError when there is no memory
 * @throws ShapeError when x or the memory is not [N, time, width]
 * @example
 * const decoder = transformerDecoderLayer(8, 2, { random: randomState(0) });
 * decoder(zeros([1, 5, 8]), { memory: zeros([1, 7, 8]) }).shape.join(' ')   // 1 5 8
 * @see Vaswani et al., Attention Is All You Need (2017), §3.1
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function transformerDecoderLayer(
  width: number,
  heads: number,
  options: TransformerLayerOptions,
): TransformerDecoderLayer {
  const parts = transformerParts('transformerDecoderLayer', width, heads, options);
  const { caller, hidden, output, given } = parts;
  const { causal = true, rotary, dropout, name } = given;
  const attention = parts.attention(causal, rotary);
  const memoryAttention = parts.attention(false, undefined);
  const [norm1, norm2, norm3] = [parts.norm(), parts.norm(), parts.norm()];
  const made = layer({
    title: caller,
    name,
    ...variablesOf(caller, [
      ...(dropout ? [['dropout', dropout] as const] : []),
      ['attention', attention],
      ['memoryAttention', memoryAttention],
      ['hidden', hidden],
      ['output', output],
      ['norm1', norm1],
      ['norm2', norm2],
      ['norm3', norm3],
    ]),
    options: ['mask', 'keyMask', 'cache', 'memory', 'memoryMask', 'memoryKeyMask'],
    call(x: Tensor, given: DecoderCall): Tensor {
      const { mask, keyMask, cache, memory, memoryMask, memoryKeyMask, training = false } = given;
      if (memory === undefined) {
        throw new TypeError(
          `${caller} attends to what an encoder gives. Write decoder(x, { memory: encoder(source) }).`,
        );
      }
      const key = checkTensor(memory, `${caller}: the memory`);
      const call = { training };
      const own = parts.around(x, norm1, call, (tokens) => attention(tokens, { mask, keyMask, cache, training }));
      const other = parts.around(own, norm2, call, (tokens) =>
        memoryAttention(tokens, { key, mask: memoryMask, keyMask: memoryKeyMask, training }),
      );
      return parts.around(other, norm3, call, (tokens) => parts.feedForward(tokens, call));
    },
  });
  return Object.assign(made, {
    attention,
    memoryAttention,
    cache: attention.cache.bind(attention),
  }) as unknown as TransformerDecoderLayer;
}
