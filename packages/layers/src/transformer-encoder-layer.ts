import {
  checkFloating,
  checkNumber,
  checkOptions,
  checkRandom,
  type DType,
  type LayerCall,
  type Random,
  type Tensor,
} from '@nn/tensor';
import type { AttentionCache } from './attention-cache.ts';
import { dense } from './dense.ts';
import { glorotUniform } from './glorot-uniform.ts';
import { type Layer, layer, type LayerFunction } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { type MultiHeadAttention, multiHeadAttention } from './multi-head-attention.ts';
import type { RotaryPositions } from './rotary-positions.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `transformerEncoderLayer` and `transformerDecoderLayer`. */
export interface TransformerLayerOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** How many neurons the two dense layers have between them; 4 · width unless given. */
  readonly hidden?: number;
  /** The function between the two dense layers; relu unless given. */
  readonly activation?: LayerFunction;
  /** Whether each part normalises what goes in, instead of the sum that comes out; false unless given. */
  readonly normFirst?: boolean;
  /** Whether each token attends only to itself and those before it. */
  readonly causal?: boolean;
  /** Applied to what each part adds, and to the attention weights: `dropout(0.1, { random: stepRandom(0) })`. */
  readonly dropout?: Layer | undefined;
  /** Turns queries and keys of self-attention by their positions: `rotaryPositions()`. */
  readonly rotary?: RotaryPositions | undefined;
  /** Added to the variance in normalisations; 1e-5 unless given. */
  readonly epsilon?: number;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** What a call of a transformer layer may be told besides x. */
export interface TransformerCall extends LayerCall {
  /** Which tokens each token may attend to; as `mask` of `multiHeadAttention`. */
  readonly mask?: Tensor | undefined;
  /** Which keys are tokens and not padding, bool [N, time]. */
  readonly keyMask?: Tensor | undefined;
  /** The tokens before these, for generation; made by `layer.cache(N, length)`. */
  readonly cache?: AttentionCache | undefined;
}

/** A layer of a transformer's encoder, or of a model that generates texts. */
export interface TransformerEncoderLayer extends Layer {
  (x: Tensor, call?: TransformerCall): Tensor;
  /** The layer of self-attention. */
  readonly attention: MultiHeadAttention;
  /** An empty cache for N texts of up to `length` tokens. */
  cache(samples: number, length: number): AttentionCache;
}

/** The parts that encoder and decoder layers share. */
export interface TransformerParts {
  readonly caller: string;
  readonly given: Partial<TransformerLayerOptions>;
  /** A layer of attention over tokens, or over what the encoder gives. */
  attention(causal: boolean, rotary: RotaryPositions | undefined): MultiHeadAttention;
  norm(): Layer;
  /** Two dense layers with the activation between them. */
  readonly hidden: Layer;
  readonly output: Layer;
  feedForward(x: Tensor, call: LayerCall): Tensor;
  /** One part around which x is carried on: x + part(x), normalised before or after. */
  around(x: Tensor, norm: Layer, call: LayerCall, part: (x: Tensor) => Tensor): Tensor;
}

const optionNames = [
  'random',
  'hidden',
  'activation',
  'normFirst',
  'causal',
  'dropout',
  'rotary',
  'epsilon',
  'name',
  'dtype',
];

/** The parts of a transformer layer, with their options checked. */
export function transformerParts(
  factory: string,
  width: number,
  heads: number,
  options: TransformerLayerOptions,
): TransformerParts {
  const caller = `${factory}(${width}, ${heads})`;
  const given: Partial<TransformerLayerOptions> = checkOptions(factory, options ?? {}, optionNames);
  const { hidden = 4 * width, activation = (x: Tensor) => x.maximum(0), normFirst = false } = given;
  const { dropout, epsilon = 1e-5, dtype = 'float32' } = given;
  checkNumber(caller, 'width', width, Number.isInteger(width) && width > 0, 'a positive integer');
  checkNumber(caller, 'hidden', hidden, Number.isInteger(hidden) && hidden > 0, 'a positive integer');
  if (typeof activation !== 'function') {
    throw new TypeError(`${caller}: the activation must be a function, got ${typeof activation}. Pass relu or gelu.`);
  }
  checkFloating(dtype, `${caller}: the dtype`);
  const random = checkRandom(given.random, caller);
  const initial = { random, weight: glorotUniform, dtype };
  const first = dense(width, hidden, initial);
  const second = dense(hidden, width, initial);
  const dropped = (x: Tensor, call: LayerCall): Tensor => (dropout ? dropout(x, call) : x);
  return {
    caller,
    given,
    attention: (causal, rotary) => multiHeadAttention(width, heads, { random, causal, rotary, dropout, dtype }),
    norm: () => layerNorm(width, { epsilon, dtype }),
    hidden: first,
    output: second,
    feedForward: (x, call) => second(dropped(activation(first(x), call), call)),
    around(x, norm, call, part) {
      if (normFirst) return x.add(dropped(part(norm(x)), call));
      return norm(x.add(dropped(part(x), call)));
    },
  };
}

/**
 * A layer of a transformer's encoder: self-attention, then two dense layers at each position, x carried on around both.
 *
 *   x ← norm₁(x + attention(x))                           x ← x + attention(norm₁(x))
 *   y = norm₂(x + dense₂(activation(dense₁(x))))          y = x + dense₂(activation(dense₁(norm₂(x))))   with `normFirst`
 *
 * With `causal: true` it is a layer of a model that generates texts. Its parameters are those of `attention`, `hidden`,
 * `output`, `norm1` and `norm2`.
 *
 * @param width  the length of the rows of x
 * @param heads  how many heads attention has; it divides the width
 * @returns      a layer from [N, time, width] to the same shape
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x is not [N, time, width]
 * @example transformerEncoderLayer(8, 2, { random: randomState(0) })(zeros([1, 5, 8])).shape.join(' ')   // 1 5 8
 * @see Vaswani et al., Attention Is All You Need (2017), §3.1
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function transformerEncoderLayer(
  width: number,
  heads: number,
  options: TransformerLayerOptions,
): TransformerEncoderLayer {
  const parts = transformerParts('transformerEncoderLayer', width, heads, options);
  const { caller, hidden, output, given } = parts;
  const { causal = false, rotary, dropout, name } = given;
  const attention = parts.attention(causal, rotary);
  const [norm1, norm2] = [parts.norm(), parts.norm()];
  const made = layer({
    title: caller,
    name,
    ...variablesOf(caller, [
      ...(dropout ? [['dropout', dropout] as const] : []),
      ['attention', attention],
      ['hidden', hidden],
      ['output', output],
      ['norm1', norm1],
      ['norm2', norm2],
    ]),
    options: ['mask', 'keyMask', 'cache'],
    call(x: Tensor, { mask, keyMask, cache, training = false }: TransformerCall): Tensor {
      const call = { training };
      const attended = parts.around(x, norm1, call, (own) => attention(own, { mask, keyMask, cache, training }));
      return parts.around(attended, norm2, call, (own) => parts.feedForward(own, call));
    },
  });
  return Object.assign(made, {
    attention,
    cache: attention.cache.bind(attention),
  }) as unknown as TransformerEncoderLayer;
}
