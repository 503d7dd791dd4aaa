import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import { compile, generator, gradients, stepRandom, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import { dense, dropout, gru, lstm, rnn, type RecurrentState, sequential } from '../src/index.ts';

interface RecurrentCase {
  readonly op: string;
  readonly config: {
    readonly input_size: number;
    readonly hidden_size: number;
    readonly num_layers: number;
    readonly bidirectional: boolean;
    readonly bias: boolean;
    readonly nonlinearity?: 'relu';
  };
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly cotangents: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: Readonly<Record<string, GoldenTensor>>;
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

const cases = goldenCases<RecurrentCase>(new URL('../golden/recurrent.json', import.meta.url)).map((golden, at) => ({
  title: `${at + 1} ${golden.op} ${JSON.stringify(golden.config)}`,
  golden,
}));

const random = generator(0);
const factories = { rnn, lstm, gru };
type Kind = keyof typeof factories;
const kindOf = (op: string): Kind => op.replace('packed_', '') as Kind;

/** PyTorch's names of states, and ours. */
const states: Readonly<Record<string, string>> = { h: 'hidden', c: 'cell' };

/** Our name of a parameter of PyTorch. There is one bias, except for the gru, where the state's is not added to the other. */
function ours(name: string, op: string, layers: number): string {
  const [, kind, from, at, reverse] = /^(weight|bias)_(ih|hh)_l(\d)(_reverse)?$/.exec(name)!;
  const names: Readonly<Record<string, string>> = {
    'weight ih': 'weight',
    'weight hh': 'recurrentWeight',
    'bias ih': 'bias',
    'bias hh': kindOf(op) === 'gru' ? 'recurrentBias' : 'bias',
  };
  const own = names[`${kind} ${from}`];
  return `${layers > 1 ? `${at}.` : ''}${reverse ? 'backward.' : ''}${own}`;
}

const isParameter = (name: string): boolean => /^(weight|bias)_/.test(name);
const transposed = (x: Tensor): Tensor => (x.rank === 2 ? x.T : x);

test('all 19 cases are there', () => {
  expect(cases.length).toBe(19);
});

describe.each(waysAndPrecisions)('recurrent layers are those of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$title', ({ golden }) => {
    const { op, config, inputs, cotangents, outputs, grads, tolerance } = golden;
    const layers = config.num_layers;
    const make = factories[kindOf(op)] as typeof rnn;
    const layer = make(config.input_size, config.hidden_size, {
      random,
      layers,
      bidirectional: config.bidirectional,
      bias: config.bias,
      dtype,
      ...(config.nonlinearity && { activation: (x: Tensor): Tensor => x.maximum(0) }),
    });
    const names = Object.keys(inputs).filter(isParameter);
    const start: Record<string, Tensor> = {};
    for (const name of names) {
      const own = ours(name, op, layers);
      const value = transposed(read(inputs[name]!, dtype));
      start[own] = start[own]?.add(value) ?? value;
    }
    expect(Object.keys(start).toSorted()).toEqual(Object.keys(layer.parameters).toSorted());
    for (const [name, value] of Object.entries(start)) layer.parameters[name]!.assign(value);

    const starts = ['h0', 'c0'].filter((name) => name in inputs);
    const more = starts.map((name) => read(inputs[name]!, dtype));
    const lengths = inputs['lengths'] ? [read(inputs['lengths'], 'int32')] : [];
    const step = made((...given: Tensor[]) => {
      const [x, ...own] = given.slice(0, starts.length + 1).map((value) => watch(value));
      const state = Object.fromEntries(starts.map((name, at) => [states[name[0]!]!, own[at]!]));
      const { output, state: end } = layer.run(x!, { state, lengths: given[starts.length + 1] });
      const found: Readonly<Record<string, Tensor>> = {
        output,
        ...Object.fromEntries(starts.map((name) => [`${name[0]}n`, end[states[name[0]!]!]!])),
      };
      const sum = Object.entries(cotangents)
        .map(([name, cotangent]) => found[name]!.mul(read(cotangent, dtype)).sum())
        .reduce((a, b) => a.add(b));
      const watched = { x: x!, ...Object.fromEntries(starts.map((name, at) => [name, own[at]!])) };
      return [found, gradients(sum, { ...layer.parameters, ...watched })] as const;
    });
    const [found, gradient] = step(read(inputs['x']!, dtype), ...more, ...lengths);
    for (const [name, want] of Object.entries(outputs)) {
      expect(faultOf(found[name]!, want, tolerance[dtype]), name).toBeUndefined();
    }
    const all = gradient as Readonly<Record<string, Tensor>>;
    for (const [name, want] of Object.entries(grads)) {
      const got = isParameter(name) ? transposed(all[ours(name, op, layers)]!) : all[name]!;
      expect(faultOf(got, want, tolerance[dtype]), name).toBeUndefined();
    }
  });
});

describe.each(Object.keys(factories) as readonly Kind[])('%s', (kind) => {
  const make = factories[kind] as typeof rnn;
  const x = random.normal([2, 5, 3]);

  test('gives the last output, or that of every time', () => {
    const layer = make(3, 4, { random });
    const all = layer.run(x).output;
    expect(layer(x).toArray()).toEqual(all.slice([], -1).toArray());
    const sequences = make(3, 4, { random, returnSequences: true });
    expect(sequences(x).toArray()).toEqual(sequences.run(x).output.toArray());
  });

  test('in both directions gives what each has read whole', () => {
    const layer = make(3, 4, { random, bidirectional: true });
    const { output } = layer.run(x);
    const [forward, backward] = [output.slice([], -1, [0, 4]), output.slice([], 0, [4, 8])];
    const last = layer(x);
    expect(last.slice([], [0, 4]).toArray()).toEqual(forward.toArray());
    expect(last.slice([], [4, 8]).toArray()).toEqual(backward.toArray());
  });

  test('goes on from the states that it gave', () => {
    const layer = make(3, 4, { random, layers: 2 });
    const whole = layer.run(x);
    const first = layer.run(x.slice([], [0, 2]));
    const rest = layer.run(x.slice([], [2, null]), { state: first.state });
    expect(rest.output.toArray()).toEqual(whole.output.slice([], [2, null]).toArray());
    expect(toArrays(rest.state)).toEqual(toArrays(whole.state));
  });

  test('with lengths gives what each sequence gives alone', () => {
    const layer = make(3, 4, { random, bidirectional: true });
    const lengths = tensor([3, 5], { dtype: 'int32' });
    const both = layer.run(x, { lengths });
    const alone = layer.run(x.slice([0, 1], [0, 3]));
    expect(both.output.slice([0, 1], [0, 3]).toArray()).toEqual(alone.output.toArray());
    expect(both.output.slice(0, [3, null]).abs().max().item()).toBe(0);
    expect(layer(x, { lengths }).slice([0, 1]).toArray()).toEqual(layer(x.slice([0, 1], [0, 3])).toArray());
  });

  test('stands in a model, whose types say what fits', () => {
    const dropped = dropout(0.5, { random: stepRandom(0) });
    const stack = make(3, 4, { random, layers: 2, dropout: dropped, name: 'stack' });
    const model = sequential(stack, dense(4, 1, { random }));
    expect(model(x).shape).toEqual([2, 1]);
    expect(Object.keys(model.buffers)).toEqual(['stack.dropout.random']);
    expect(model(x, { training: true }).toArray()).not.toEqual(model(x).toArray());
  });

  test('refuses what does not fit, in words, compiled too', () => {
    const layer = make(3, 4, { random });
    const title = `${kind}(3, 4)`;
    expect(() => layer(zeros([2, 3]) as never)).toThrow(`${title} expects x of shape [N, time, 3], got [2, 3].`);
    expect(() => layer(x, { state: { hidden: zeros([2, 4]) } })).toThrow(
      `${title}: state.hidden must be [layers · directions, N, hidden], here [1, 2, 4], got [2, 4].`,
    );
    expect(() => layer(x, { state: { hiden: zeros([1, 2, 4]) } })).toThrow('Did you mean hidden?');
    const wrong = tensor([3, 6], { dtype: 'int32' });
    const compiled = compile((lengths: Tensor) => layer(x, { lengths }), wasm);
    for (const run of [(lengths: Tensor) => layer(x, { lengths }), compiled]) {
      expect(() => run(wrong)).toThrow(`${title}: sequence 1 has length 6, and x has 5 times. Lengths are 1 … 5.`);
    }
    expect(() => layer(x, { lengths: tensor([3, 5]) })).toThrow('lengths must be int32 of shape [2]');
    expect(() => make(3, 0, { random })).toThrow(RangeError);
    expect(() => make(3, 4, { random, hidden: 2 } as never)).toThrow(`Unknown option 'hidden' of ${kind}.`);
  });
});

function toArrays(state: RecurrentState): unknown {
  return Object.entries(state).map(([name, value]) => [name, value.toArray()]);
}

test('the cell of an lstm keeps what it holds at first: the bias of its gate is 1', () => {
  expect(lstm(1, 2, { random }).parameters['bias']!.toArray()).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
});
