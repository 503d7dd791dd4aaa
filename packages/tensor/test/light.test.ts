import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  argmax,
  compile,
  type DType,
  gradients,
  listingOf,
  randomCounter,
  repeatStep,
  stepThrough,
  type Tensor,
  tensor,
  uniformFrom,
  type Variable,
  variable,
} from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import type { Backend } from '../src/program.ts';
import { apply } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';
import { wasm as light } from '../src/wasm/light.ts';
import { finelyShared } from './finely-shared.ts';
import { laidOut } from './layouts.ts';
import { networks } from './random-network.ts';
import { type Drawn, programs } from './random-program.ts';
import { heldBy, samples } from './samples.ts';

type Name = keyof typeof operations;

const dtypes = ['float64', 'float32', 'int32', 'bool'] as const;
const lanes = ['float32', 'int32', 'bool'] as const;

/** What the light door leaves out: the operations, and on which dtypes. */
const leftOut: Readonly<Partial<Record<Name, readonly DType[]>>> = {
  // These are formulas. On float64 a law goes through JavaScript, as it does by the other door.
  sin: lanes,
  cos: lanes,
  erf: lanes,
  expm1: lanes,
  // These go lane by lane through JavaScript on whole numbers.
  pow: lanes,
  less: ['bool'],
  lessEqual: ['bool'],
  greater: ['bool'],
  greaterEqual: ['bool'],
  clip: ['bool'],
  sum: ['float64'],
  prod: ['float64'],
  max: ['float64'],
  min: ['float64'],
  any: ['float64'],
  all: ['float64'],
  matmul: ['float64', 'int32', 'bool'],
  argmax: dtypes,
  argmin: dtypes,
  uniform: dtypes,
};

const refusal = (asked: string): string =>
  `Cannot compile ${asked}: '@nn/tensor/wasm/light' is for dense layers in float32. ` +
  `Take wasm from '@nn/tensor/wasm'.`;

/** Every result to the last bit, or the error that a call ends in. */
type Outcome = string | readonly { readonly like: string; readonly bytes: readonly number[] }[];

function outcome(run: () => readonly Tensor[]): Outcome {
  try {
    return run().map(({ shape, dtype, data }) => ({
      like: `${dtype} ${shape.join()}`,
      bytes: [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
    }));
  } catch (error) {
    return String(error);
  }
}

const isRefusal = (found: Outcome): boolean =>
  typeof found === 'string' && found.startsWith('DTypeError: Cannot compile');

const doors: readonly (readonly [string, Backend, Backend])[] = [
  ['as it is', light, wasm],
  ['the same everywhere', light({ deterministic: true }), wasm({ deterministic: true })],
  ['shared by threads', light({ threads: finelyShared(2) }), wasm({ threads: finelyShared(2) })],
];

describe.each(doors)('the light door, %s', (_, small, full) => {
  test.each(Object.entries(operations) as [Name, Operation][])(
    'gives for %s the bits of the full one, or refuses it',
    (name, operation) => {
      for (const dtype of dtypes) {
        for (const { inputs, settings } of samples[name]) {
          const tensors = inputs.map((input) =>
            laidOut(input.dtype ? input : heldBy(dtype, input), input.dtype ?? dtype, 'contiguous', undefined),
          );
          const by = (backend: Backend): Outcome =>
            outcome(() => [
              compile((...all: Tensor[]) => apply(operation, all, settings as never), backend)(...tensors),
            ]);
          const found = by(small);
          const isLeftOut = leftOut[name]?.includes(inputs[0]?.dtype ?? dtype) ?? false;
          if (isRefusal(found)) expect({ dtype, isLeftOut }).toEqual({ dtype, isLeftOut: true });
          else {
            expect(found).toEqual(by(full));
            // Nothing has to be computed without elements.
            const isEmpty =
              typeof found === 'string' || found[0]!.bytes.length === 0 || tensors.some(({ size }) => size === 0);
            if (!isEmpty) expect({ dtype, isLeftOut }).toEqual({ dtype, isLeftOut: false });
          }
        }
      }
    },
  );

  test.each([
    ['programs', programs],
    ['networks', networks],
  ])('gives for random %s the bits of the full one, or refuses them', (__, drawn) => {
    const outcomes = (program: Drawn, backend: Backend): Outcome => {
      const { step, variables, args } = program.make();
      const compiled = compile(step, backend);
      return outcome(() => {
        const results = [compiled(...args(1)), compiled(...args(2)), repeatStep(compiled, 2, ...args(2))];
        return [...results.flatMap(({ exact, rounded }) => [...exact, ...rounded]), ...variables];
      });
    };
    let carriedOut = 0;
    assert(
      property(drawn, (program) => {
        const found = outcomes(program, small);
        if (isRefusal(found)) return;
        expect(found).toEqual(outcomes(program, full));
        carriedOut++;
      }),
      { numRuns: 400, seed: 21 },
    );
    expect(carriedOut).toBeGreaterThan(100);
  });
});

const wave = (from: number, ...shape: number[]): Tensor =>
  tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at * 0.7 + from))).reshape(
    shape,
  ) as Tensor;

describe('training by the light door', () => {
  /** A classifier with class labels, an index into its scores, and a count of its steps in float64. */
  function network(backend: Backend) {
    const parameters: Readonly<Record<'first' | 'bias' | 'second', Variable>> = {
      first: variable(wave(0.3, 2, 37)) as Variable,
      bias: variable(wave(1, 37)) as Variable,
      second: variable(wave(2, 37, 3)) as Variable,
    };
    const count = variable(tensor(0, { dtype: 'float64' }));
    const step = compile((x: Tensor, labels: Tensor) => {
      count.assign(count.add(1));
      const scores = x.matmul(parameters.first).add(parameters.bias).tanh().matmul(parameters.second);
      const shifted = scores.sub(scores.max(1, { keepdims: true }).detach());
      const right = shifted.gather(labels.expandDims(1), 1).squeeze(1);
      const loss = shifted.exp().sum(1).log().sub(right).mean();
      const slopes = gradients(loss, parameters as Readonly<Record<string, Tensor>>);
      for (const [name, parameter] of Object.entries(parameters)) {
        const rate = tensor(0.5, { dtype: 'float64' }).div(count).cast('float32') as Tensor;
        parameter.assign(parameter.sub(slopes[name]!.mul(rate)) as never);
      }
      return loss;
    }, backend);
    const state = () => [...Object.values(parameters), count].map(({ data }) => [...data]);
    return { step, state };
  }

  const [x, labels] = [
    wave(5, 100, 2),
    tensor(
      Array.from({ length: 100 }, (_, at) => at % 3),
      { dtype: 'int32' },
    ),
  ];

  test.each(doors)('gives the bits of the full one step by step, by repeat and by each, %s', (_, small, full) => {
    const [one, other] = [network(small), network(full)];
    for (let at = 0; at < 5; at++) expect(one.step(x, labels).item()).toBe(other.step(x, labels).item());
    expect(repeatStep(one.step, 20, x, labels).item()).toBe(repeatStep(other.step, 20, x, labels).item());
    const batches = [x.reshape([5, 20, 2]), labels.reshape([5, 20])] as const;
    expect([...stepThrough(one.step, ...batches).data]).toEqual([...stepThrough(other.step, ...batches).data]);
    expect(one.state()).toEqual(other.state());
  });

  test('says where a listing can be had', () => {
    expect(listingOf(network(light).step, x, labels)).toBe(
      "This backend lists nothing. Take wasm from '@nn/tensor/wasm' to see how the program is carried out.",
    );
  });
});

describe('what is refused', () => {
  const float64 = tensor([1, 2], { dtype: 'float64' }) as Tensor;
  const float32 = tensor([1, 2]) as Tensor;
  const matrix = tensor([
    [1, 2],
    [3, 4],
  ]) as Tensor;

  test.each<readonly [string, (a: Tensor) => Tensor, Tensor]>([
    ['sin', (a) => a.sin(), float32],
    ['cos', (a) => a.cos(), float32],
    ['expm1', (a) => a.expm1(), float32],
    ['pow', (a) => a.pow(2.5), float32],
    ['pow', (a) => a.pow(a), float32],
    ['less', (a) => a.less(a.logicalNot()), float32.cast('bool') as Tensor],
    ['sum in doubles', (a) => a.sum(), float64],
    ['max in doubles', (a) => a.max(), float64],
    ['matmul in doubles', (a) => a.matmul(a), matrix.cast('float64') as Tensor],
    ['matmul in doubles', (a) => a.matmul(a), matrix.cast('int32') as Tensor],
    ['argmax', (a) => argmax(a, 0), float32],
  ])('%s is named, before anything has changed', (asked, law, x) => {
    for (const [, small] of doors) {
      const total = variable(tensor(1));
      const step = compile((a: Tensor) => {
        total.assign(total.add(1));
        return law(a);
      }, small);
      for (const call of [() => step(x), () => repeatStep(step, 2, x), () => stepThrough(step, x.expandDims(0))]) {
        expect(call).toThrow(refusal(asked));
        expect(total.item()).toBe(1);
      }
    }
  });

  test('random draws are named, and leave their counter as it was', () => {
    const counter = randomCounter(3);
    const before = [...counter.data];
    expect(() => compile(() => uniformFrom(counter, [2]), light)()).toThrow(refusal('uniform'));
    expect([...counter.data]).toEqual(before);
  });

  test('a square is no power that is refused', () => {
    expect([...compile((a: Tensor) => a.pow(2), light)(float32).data]).toEqual([1, 4]);
  });
});
