import {
  checkFloating,
  checkNumber,
  checkRandom,
  checkOptions,
  type DType,
  type LayerCall,
  type Random,
  type Shape,
  ShapeError,
  showShape,
  checkTensor,
  type Tensor,
} from '@nn/tensor';
import { appended, type AttentionCache, emptyCache } from './attention-cache.ts';
import { dense } from './dense.ts';
import { glorotUniform } from './glorot-uniform.ts';
import { type Layer, layer } from './layer.ts';
import type { RotaryPositions } from './rotary-positions.ts';
import { attentionWeights } from './scaled-dot-product-attention.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `multiHeadAttention`. */
export interface MultiHeadAttentionOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The length of the rows of keys; `width` unless given. */
  readonly keyWidth?: number;
  /** The length of the rows of values; that of keys unless given. */
  readonly valueWidth?: number;
  /** Whether each token attends only to itself and those before it; false unless given. */
  readonly causal?: boolean;
  /** Whether the four projections have a bias; true unless given. */
  readonly bias?: boolean;
  /** Applied to the attention weights while a model is trained: `dropout(0.1, { random: stepRandom(0) })`. */
  readonly dropout?: Layer | undefined;
  /** Turns queries and keys by their positions: `rotaryPositions()`. */
  readonly rotary?: RotaryPositions | undefined;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** What a call of an attention layer may be told besides the queries. */
export interface AttentionCall extends LayerCall {
  /** What is attended to, [N, keys, keyWidth]; the queries themselves unless given. */
  readonly key?: Tensor | undefined;
  /** What is averaged, [N, keys, valueWidth]; the keys unless given. */
  readonly value?: Tensor | undefined;
  /**
   * Which keys each query may attend to: bool, true where it may, or floating, added to the scores. [queries, keys],
   * [N, queries, keys], or [N, heads, queries, keys].
   */
  readonly mask?: Tensor | undefined;
  /** Which keys are tokens and not padding, bool [N, keys]. */
  readonly keyMask?: Tensor | undefined;
  /** The tokens before these, for generation; made by `attention.cache(N, length)`. The new tokens are added to it. */
  readonly cache?: AttentionCache | undefined;
}

/**
 * Attention with several heads. Its parameters are `query.weight`, `query.bias`, and those of `key`, `value` and `output`.
 */
export interface MultiHeadAttention extends Layer {
  (query: Tensor, call?: AttentionCall): Tensor;
  /** How much each query attends to each key, [N, heads, queries, keys]. Nothing is dropped, and no cache is used. */
  weights(query: Tensor, call?: Omit<AttentionCall, 'cache' | 'value'>): Tensor;
  /** An empty cache for N texts of up to `length` tokens. Its keys follow the time, as with `causal: true`. */
  cache(samples: number, length: number): AttentionCache;
}

/**
 * Attention with several heads: each head projects queries, keys and values to a width of its own and attends by them; the
 * results side by side are projected once more.
 *
 *   yₕ = softmax(Qₕ Kₕᵀ / √d) Vₕ       Q = query · W_q + b_q, K and V likewise, split into heads of d = width / heads
 *   y = [y₁ … y_heads] · W_o + b_o
 *
 * `attention(x)` is self-attention. A query that may attend to no key gets the output's bias. PyTorch's bool masks are the
 * opposite: true there means that a key is left out.
 *
 * @param width  the length of the rows of queries and of the result
 * @param heads  how many heads there are; it divides the width
 * @returns      a layer from [N, queries, width] to the same shape
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws RangeError when the heads do not divide the width
 * @throws ShapeError when queries, keys or values are not [N, time, …] of their widths
 * @example multiHeadAttention(8, 2, { random: randomState(0) })(zeros([1, 5, 8])).shape.join(' ')   // 1 5 8
 * @see Vaswani et al., Attention Is All You Need (2017), §3.2.2
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function multiHeadAttention(
  width: number,
  heads: number,
  options: MultiHeadAttentionOptions,
): MultiHeadAttention {
  const caller = `multiHeadAttention(${width}, ${heads})`;
  const given: Partial<MultiHeadAttentionOptions> = checkOptions('multiHeadAttention', options ?? {}, [
    'random',
    'keyWidth',
    'valueWidth',
    'causal',
    'bias',
    'dropout',
    'rotary',
    'name',
    'dtype',
  ]);
  const { keyWidth = width, valueWidth = keyWidth, causal = false, bias = true, name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ width, heads, keyWidth, valueWidth })) {
    checkNumber(caller, what, value, Number.isInteger(value) && value > 0, 'a positive integer');
  }
  if (width % heads !== 0) {
    throw new RangeError(
      `${caller}: ${heads} heads do not divide a width of ${width}. Choose a width that is a multiple of the heads.`,
    );
  }
  const { dropout, rotary } = given;
  checkFloating(dtype, `${caller}: the dtype`);
  const random = checkRandom(given.random, caller);
  const projection = (from: number) => dense(from, width, { random, weight: glorotUniform, bias, dtype });
  const [query, key, value] = [projection(width), projection(keyWidth), projection(valueWidth)];
  const output = projection(width);
  const variables = variablesOf(caller, [
    ['query', query],
    ['key', key],
    ['value', value],
    ['output', output],
    ...(dropout ? [['dropout', dropout] as const] : []),
  ]);

  /** [N, time, width] → [N, heads, time, width / heads] */
  const toHeads = (x: Tensor): Tensor =>
    x.reshape([x.shape[0]!, x.shape[1]!, heads, width / heads]).permute([0, 2, 1, 3]) as Tensor;
  const turned = (x: Tensor, offset: number | Tensor): Tensor => (rotary ? rotary(x, { offset }) : x);

  const run = (x: Tensor, call: AttentionCall): Tensor => {
    const { cache, training } = call;
    const keys = call.key ?? x;
    const values = call.value ?? keys;
    checkInputs(caller, x, keys, values, [width, keyWidth, valueWidth]);
    const offset: number | Tensor = cache ? cache.count.detach() : 0;
    let k = turned(toHeads(key(keys)), offset);
    let v = toHeads(value(values));
    let masks = masksOf(caller, call);
    if (cache) {
      checkCache(caller, cache, k.shape);
      const tokens = appended(caller, cache, k, v);
      [k, v, masks] = [tokens.keys, tokens.values, [tokens.mask, ...masks]];
    }
    const q = turned(toHeads(query(x)), offset);
    const weights = attentionWeights(caller, q, k, { ...combined(masks), causal: causal && !cache });
    const mixed: Tensor = (dropout ? dropout(weights, { training: training ?? false }) : weights).matmul(v);
    return output(mixed.permute([0, 2, 1, 3]).reshape(x.shape));
  };
  const made = layer({
    title: caller,
    name,
    ...variables,
    options: ['key', 'value', 'mask', 'keyMask', 'cache'],
    call: run,
  });
  return Object.assign(made, {
    weights(x: Tensor, call: AttentionCall = {}): Tensor {
      checkOptions(`${caller}.weights`, call, ['training', 'key', 'mask', 'keyMask']);
      const keys = call.key ?? checkTensor(x, caller);
      checkInputs(caller, x, keys, undefined, [width, keyWidth, valueWidth]);
      const [q, k] = [turned(toHeads(query(x)), 0), turned(toHeads(key(keys)), 0)];
      return attentionWeights(caller, q, k, { ...combined(masksOf(caller, call)), causal });
    },
    cache(samples: number, length: number): AttentionCache {
      for (const [what, given] of Object.entries({ samples, length })) {
        checkNumber(`${caller}.cache`, what, given, Number.isInteger(given) && given > 0, 'a positive integer');
      }
      return emptyCache([samples, heads, length, width / heads], dtype);
    },
  }) as unknown as MultiHeadAttention;
}

/** The masks of a call, each broadcast to [N, heads, queries, keys]. */
function masksOf(caller: string, { mask, keyMask }: AttentionCall): readonly Tensor[] {
  if (keyMask && (checkTensor(keyMask, caller).dtype !== 'bool' || keyMask.rank !== 2)) {
    throw new ShapeError(
      `${caller}: keyMask must be bool [N, keys], true for tokens and false for padding, ` +
        `got ${keyMask.dtype} ${showShape(keyMask.shape)}. Write tokens.notEqual(padding).`,
    );
  }
  const masks: Tensor[] = [];
  if (mask) masks.push(checkTensor(mask, caller).rank === 3 ? mask.expandDims(1) : mask);
  if (keyMask) masks.push(keyMask.reshape([keyMask.shape[0]!, 1, 1, keyMask.shape[1]!]));
  return masks;
}

/** Several masks as one: a key must be allowed by all. */
function combined(masks: readonly Tensor[]): { readonly mask?: Tensor } {
  if (masks.length === 0) return {};
  const allowed = masks
    .filter(({ dtype }) => dtype === 'bool')
    .reduce<Tensor | undefined>((all, mask) => (all ? all.logicalAnd(mask) : mask), undefined);
  const added = masks.find(({ dtype }) => dtype !== 'bool');
  if (!allowed || !added) return { mask: (allowed ?? added)! };
  return { mask: allowed.where(added, -Infinity) as Tensor };
}

function checkInputs(
  caller: string,
  query: Tensor,
  key: Tensor,
  value: Tensor | undefined,
  widths: readonly [query: number, key: number, value: number],
): void {
  const inputs = { query, key, ...(value && { value }) };
  Object.entries(inputs).forEach(([what, x], at) => {
    const { shape } = checkTensor(x, caller);
    if (shape.length === 3 && shape[2] === widths[at]) return;
    throw new ShapeError(
      `${caller}: the ${what} must be [N, time, ${widths[at]}], got ${showShape(shape)}. ` +
        `Reshape it, or give the layer other widths.`,
    );
  });
  if (value && value.shape[1] !== key.shape[1]) {
    throw new ShapeError(
      `${caller}: keys and values belong together, got ${key.shape[1]} keys and ${value.shape[1]} values. ` +
        `Give one value for each key.`,
    );
  }
}

function checkCache(caller: string, cache: AttentionCache, shape: Shape): void {
  const [samples, heads, , width] = cache.keys.shape;
  if (samples === shape[0] && heads === shape[1] && width === shape[3]) return;
  throw new ShapeError(
    `${caller}: the cache is for keys ${showShape(cache.keys.shape)}, and these are ${showShape(shape)}. ` +
      `Make it with attention.cache(${shape[0]}, length) of this layer.`,
  );
}
