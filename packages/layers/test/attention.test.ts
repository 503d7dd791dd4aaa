import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import {
  compile,
  concat,
  type DType,
  erf,
  gradients,
  randomState,
  ShapeError,
  stepRandom,
  tensor,
  type Tensor,
  type Variable,
  watch,
  zeros,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import {
  dropout,
  learnedPositions,
  multiHeadAttention,
  rotaryPositions,
  scaledDotProductAttention,
  sequential,
  sinusoidalPositions,
  transformerDecoderLayer,
  transformerEncoderLayer,
} from '../src/index.ts';

type Tensors = Readonly<Record<string, Tensor>>;

interface AttentionCase {
  readonly op: string;
  readonly name?: string;
  readonly config: {
    readonly embed_dim: number;
    readonly num_heads: number;
    readonly kdim?: number;
    readonly vdim?: number;
    readonly bias?: boolean;
    readonly average_attn_weights?: boolean;
    readonly is_causal: boolean;
    readonly d_model: number;
    readonly nhead: number;
    readonly dim_feedforward: number;
    readonly activation: 'relu' | 'gelu';
    readonly norm_first: boolean;
    readonly base: number;
    readonly offset: number;
    readonly layout: 'interleaved' | 'concatenated' | 'half';
    readonly rotary_dim: number;
  };
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly cotangents: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: Readonly<Record<string, GoldenTensor>>;
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

const cases = goldenCases<AttentionCase>(new URL('../golden/attention.json', import.meta.url)).map((golden, at) => ({
  title: `${at + 1} ${golden.op} ${golden.name ?? ''}`,
  golden,
}));

const random = randomState(0);
const gelu = (x: Tensor): Tensor => x.mul(0.5).mul(erf(x.mul(Math.SQRT1_2)).add(1));

/** PyTorch's names of dense layers and normalisations, and ours. Their weights are transposed. */
const parts: Readonly<Record<string, string>> = {
  linear1: 'hidden',
  linear2: 'output',
  norm1: 'norm1',
  norm2: 'norm2',
  norm3: 'norm3',
};

/** PyTorch's names of attention layers inside a layer, and ours. */
const attentions: Readonly<Record<string, string>> = {
  'self_attn.': 'attention.',
  'multihead_attn.': 'memoryAttention.',
  '': '',
};

/** A parameter of PyTorch, from parameters or gradients under our names. */
function torchValue(name: string, ours: Tensors): Tensor | undefined {
  const [, prefix = '', own = ''] = /^(self_attn\.|multihead_attn\.|)(.*)$/.exec(name)!;
  const of = (part: string): Tensor | undefined => {
    const value = ours[`${attentions[prefix]}${part}`];
    return value && (part.endsWith('weight') && value.rank === 2 ? value.T : value);
  };
  const all = (kind: string): Tensor => concat(['query', 'key', 'value'].map((part) => of(`${part}.${kind}`)!));
  if (own === 'in_proj_weight') return all('weight');
  if (own === 'in_proj_bias') return all('bias');
  const single = /^([qkv])_proj_weight$/.exec(own)?.[1];
  if (single) return of(`${{ q: 'query', k: 'key', v: 'value' }[single]}.weight`);
  if (own.startsWith('out_proj.')) return of(own.replace('out_proj', 'output'));
  const [part = '', kind = ''] = own.split('.');
  return parts[part] === undefined ? undefined : of(`${parts[part]}.${kind}`);
}

/** Assigns PyTorch's parameters to a layer. */
function load(parameters: Readonly<Record<string, Variable>>, inputs: AttentionCase['inputs'], dtype: DType): void {
  for (const [name, golden] of Object.entries(inputs)) {
    const value = read(golden, dtype);
    const [, prefix = '', own = ''] = /^(self_attn\.|multihead_attn\.|)(.*)$/.exec(name)!;
    const to = (part: string, x: Tensor): void => {
      parameters[`${attentions[prefix]}${part}`]?.assign(part.endsWith('weight') && x.rank === 2 ? x.T : x);
    };
    const single = /^([qkv])_proj_weight$/.exec(own)?.[1];
    if (own.startsWith('in_proj')) {
      const width = value.shape[0]! / 3;
      ['query', 'key', 'value'].forEach((part, at) =>
        to(`${part}.${own.slice(8)}`, value.slice([at * width, (at + 1) * width])),
      );
    } else if (single) to(`${{ q: 'query', k: 'key', v: 'value' }[single]}.weight`, value);
    else if (own.startsWith('out_proj.')) to(own.replace('out_proj', 'output'), value);
    else {
      const [part = '', kind = ''] = own.split('.');
      to(`${parts[part]}.${kind}`, value);
    }
  }
}

/** What a case computes, from its data inputs by name. */
interface Run {
  readonly parameters: Readonly<Record<string, Variable>>;
  outputs(x: Tensors): Tensors;
}

/** PyTorch's bool masks are true where a key is left out. */
const allowed = (mask: Tensor | undefined): Tensor | undefined => (mask?.dtype === 'bool' ? mask.logicalNot() : mask);

const runs: Readonly<Record<string, (golden: AttentionCase, dtype: DType) => Run>> = {
  multihead_attention({ config, inputs }, dtype) {
    const { embed_dim: width, num_heads: heads, kdim: keyWidth = width, vdim: valueWidth = keyWidth } = config;
    const options = { random, keyWidth, valueWidth, bias: config.bias ?? true, dtype };
    const attention = multiHeadAttention(width, heads, options);
    load(attention.parameters, inputs, dtype);
    return {
      parameters: attention.parameters,
      outputs({ query, key, value, attn_mask, key_padding_mask }) {
        const call = { key, mask: allowed(attn_mask), keyMask: allowed(key_padding_mask) };
        const weights = attention.weights(query!, call);
        const shown = config.average_attn_weights === false ? weights : weights.mean(1);
        return { output: attention(query!, { ...call, value }), attn_weights: shown };
      },
    };
  },
  scaled_dot_product_attention: ({ config }) => ({
    parameters: {},
    outputs: ({ query, key, value }) => ({
      output: scaledDotProductAttention(query!, key!, value!, { causal: config.is_causal }),
    }),
  }),
  transformer_encoder_layer({ config, inputs }, dtype) {
    const made = transformerEncoderLayer(config.d_model, config.nhead, transformerOptions(config, dtype));
    load(made.parameters, inputs, dtype);
    return {
      parameters: made.parameters,
      outputs: ({ x, src_mask, src_key_padding_mask }) => ({
        output: made(x!, { mask: allowed(src_mask), keyMask: allowed(src_key_padding_mask) }),
      }),
    };
  },
  transformer_decoder_layer({ config, inputs }, dtype) {
    const options = { ...transformerOptions(config, dtype), causal: false };
    const made = transformerDecoderLayer(config.d_model, config.nhead, options);
    load(made.parameters, inputs, dtype);
    return {
      parameters: made.parameters,
      outputs: ({ tgt, memory, tgt_mask, tgt_key_padding_mask, memory_key_padding_mask, memory_mask }) => ({
        output: made(tgt!, {
          memory: memory!,
          mask: allowed(tgt_mask),
          keyMask: allowed(tgt_key_padding_mask),
          memoryMask: allowed(memory_mask),
          memoryKeyMask: allowed(memory_key_padding_mask),
        }),
      }),
    };
  },
  sinusoidal_positions({ config }) {
    const { d_model, base, layout, offset } = config;
    const positions = sinusoidalPositions(d_model, { base, layout: layout as 'interleaved' });
    return {
      parameters: {},
      outputs: ({ x }) => {
        const y = positions(x!, { offset });
        return { output: y, encoding: positions(zeros(x!.shape.slice(1), { dtype: x!.dtype }), { offset }) };
      },
    };
  },
  rotary_positions({ config }) {
    const { rotary_dim: rotaryWidth, base, layout, offset } = config;
    const rotary = rotaryPositions({ rotaryWidth, base, layout: layout as 'half' });
    return { parameters: {}, outputs: ({ x }) => ({ output: rotary(x!, { offset }) }) };
  },
};

function transformerOptions(config: AttentionCase['config'], dtype: DType) {
  const activation = { gelu, relu: (x: Tensor): Tensor => x.maximum(0) }[config.activation];
  return { random, hidden: config.dim_feedforward, activation, normFirst: config.norm_first, dtype };
}

test('all 47 cases are there', () => {
  expect(cases.length).toBe(47);
});

describe.each(waysAndPrecisions)('attention is that of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$title', ({ golden }) => {
    const { op, inputs, cotangents, outputs, grads, tolerance } = golden;
    const run = runs[op]!(golden, dtype);
    const isParameter = (name: string): boolean => torchValue(name, run.parameters) !== undefined;
    const names = Object.keys(inputs).filter((name) => !isParameter(name));
    const step = made((...given: Tensor[]) => {
      const data: Tensors = Object.fromEntries(
        names.map((name, at) => [name, name in grads ? watch(given[at]!) : given[at]!]),
      );
      const found = run.outputs(data);
      const sum = Object.entries(cotangents)
        .map(([name, cotangent]) => found[name]!.mul(read(cotangent, dtype)).sum())
        .reduce((a, b) => a.add(b));
      const watched = Object.fromEntries(Object.entries(data).filter(([name]) => name in grads));
      return [found, gradients(sum, { ...run.parameters, ...watched } as Tensors)] as const;
    });
    const [found, gradient] = step(
      ...names.map((name) => {
        const value = inputs[name]!;
        return read(value, value.dtype === 'bool' ? 'bool' : dtype);
      }),
    );
    for (const [name, want] of Object.entries(outputs)) {
      expect(faultOf(found[name]!, want, tolerance[dtype]), name).toBeUndefined();
    }
    for (const [name, want] of Object.entries(grads)) {
      expect(faultOf(gradient[name] ?? torchValue(name, gradient)!, want, tolerance[dtype]), name).toBeUndefined();
    }
  });
});

describe('attention', () => {
  const x = random.normal([2, 5, 8]);

  test('gives zeros to a query that may attend to no key, and a gradient without NaN', () => {
    const q = watch(random.normal([2, 3]));
    const y = scaledDotProductAttention(q, q, q, {
      mask: tensor([
        [true, true],
        [false, false],
      ]),
    });
    expect(y.slice(1).toArray()).toEqual([0, 0, 0]);
    expect(gradients(y.sum(), q).data.every(Number.isFinite)).toBe(true);
  });

  test('has a gradient where only one key is left', () => {
    const q = watch(tensor([[1, 2]], { dtype: 'float64' }));
    const k = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'float64' },
    );
    const y = scaledDotProductAttention(q, k, k, { mask: tensor([true, false]) });
    // All weight is on the one key, so nothing that the query does changes it.
    expect(gradients(y.sum(), q).toArray()).toEqual([[0, 0]]);
  });

  test('stands in a model, tells its dropout that it is trained, and keeps the state of its generator as a buffer', () => {
    const dropped = dropout(0.5, { random: stepRandom(0) });
    const model = sequential(
      sinusoidalPositions(8),
      transformerEncoderLayer(8, 2, { random, dropout: dropped, name: 'block' }),
    );
    expect(Object.keys(model.buffers)).toEqual(['block.dropout.random']);
    expect(model(x).toArray()).toEqual(model(x).toArray());
    expect(model(x, { training: true }).toArray()).not.toEqual(model(x).toArray());
  });

  test('of several heads with rotary positions depends on distances only', () => {
    const attention = multiHeadAttention(8, 2, { random, rotary: rotaryPositions(), dtype: 'float64' });
    const token = random.normal([1, 1, 8], { dtype: 'float64' });
    const other = random.normal([1, 1, 8], { dtype: 'float64' });
    const weights = attention.weights(concat([token, other, token, other], 1));
    const ratio = (query: number, a: number, b: number): number =>
      weights.slice(0, 0, query, a).item() / weights.slice(0, 0, query, b).item();
    // Tokens 0 and 2 are equal, as 1 and 3 are: moved by two positions the ratios stay.
    expect(ratio(0, 0, 1)).toBeCloseTo(ratio(2, 2, 3), 12);
  });

  describe.each([
    ['eager', <F>(f: F): F => f],
    ['compiled', <F extends (x: Tensor) => Tensor>(f: F) => compile(f, wasm)],
  ] as const)('with a cache, %s', (_, made) => {
    test('gives token by token what it gives at once', () => {
      const options = { random, causal: true, rotary: rotaryPositions(), dtype: 'float64' } as const;
      const block = transformerEncoderLayer(8, 2, options);
      const tokens = x.cast('float64');
      const whole = block(tokens);
      const cache = block.cache(2, 6);
      const next = (made as (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor)((token) => block(token, { cache }));
      const first = next(tokens.slice([], [0, 2]));
      const rest = [2, 3, 4].map((at) => next(tokens.slice([], [at, at + 1])));
      const apart = concat([first, ...rest], 1)
        .sub(whole)
        .abs()
        .max()
        .item();
      expect(apart).toBeLessThan(1e-14);
      expect(cache.count.item()).toBe(5);
    });

    test('refuses tokens beyond its length and keeps what it held', () => {
      const attention = multiHeadAttention(8, 2, { random });
      const cache = attention.cache(2, 6);
      const next = (made as (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor)((token) =>
        attention(token, { cache }),
      );
      next(x);
      const before = cache.keys.toArray();
      expect(() => next(x)).toThrow(
        'multiHeadAttention(8, 2): the cache has room for 6 tokens and holds 5, so 5 more do not fit. ' +
          'Make it longer, or assign 0 to cache.count.',
      );
      expect(cache.keys.toArray()).toEqual(before);
      expect(cache.count.item()).toBe(5);
    });
  });

  test('refuses what does not fit, in words', () => {
    const attention = multiHeadAttention(8, 2, { random });
    expect(() => multiHeadAttention(8, 3, { random })).toThrow('3 heads do not divide a width of 8.');
    expect(() => attention(zeros([2, 5, 7]))).toThrow('the query must be [N, time, 8], got [2, 5, 7].');
    expect(() => attention(x, { key: zeros([2, 3, 8]), value: zeros([2, 4, 8]) })).toThrow(
      'keys and values belong together, got 3 keys and 4 values.',
    );
    expect(() => attention(x, { keyMask: zeros([2, 5]) })).toThrow('keyMask must be bool [N, keys]');
    expect(() => attention(x, { masks: x } as never)).toThrow("Unknown option 'masks' of multiHeadAttention(8, 2).");
    expect(() => attention(x, { cache: attention.cache(3, 6) })).toThrow(ShapeError);
    expect(() => multiHeadAttention(8, 2, {} as never)).toThrow('random');
    const decoder = transformerDecoderLayer(8, 2, { random });
    expect(() => decoder(x, {} as never)).toThrow('Write decoder(x, { memory: encoder(source) }).');
    expect(() => scaledDotProductAttention(x, zeros([2, 5, 4]), x)).toThrow('need the same width');
  });
});

describe('positions', () => {
  test('that are learned are rows of a table, by number or tensor offset', () => {
    const positions = learnedPositions(6, 2, { random });
    const table = positions.parameters['weight']!;
    const at = (offset: number | Tensor): unknown => positions(zeros([1, 3, 2]), { offset }).toArray();
    expect(at(2)).toEqual([table.slice([2, 5]).toArray()]);
    expect(at(tensor(2, { dtype: 'int32' }))).toEqual(at(2));
    expect(() => at(4)).toThrow('learnedPositions(6, 2) has 6 positions, and x needs 7.');
  });

  test('refuse odd widths and unknown layouts', () => {
    expect(() => sinusoidalPositions(3)).toThrow('width must be an even positive integer, got 3.');
    expect(() => sinusoidalPositions(4)(zeros([3, 6]))).toThrow('expects x of shape [..., time, 4], got [3, 6].');
    expect(() => rotaryPositions({ layout: 'x' as 'half' })).toThrow("It is 'interleaved' or 'half'.");
    expect(() => rotaryPositions()(zeros([3, 5]))).toThrow('with an even width, got [3, 5].');
  });
});
