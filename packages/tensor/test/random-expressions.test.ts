import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import {
  compile,
  concat,
  fromTypedArray,
  gradients,
  logSumExp,
  pad,
  stack,
  type Tensor,
  tensor,
  watch,
  where,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';

/**
 * Smooth functions whose results stay near 1, so that chains of a dozen stay accurate enough for difference quotients. Each
 * takes two matrices of the same shape and returns one.
 */
const steps: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = {
  add: (a, b) => a.add(b).mul(0.5),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b).tanh(),
  div: (a, b) => a.div(b.mul(b).add(1)),
  pow: (a, b) => a.mul(a).add(0.5).pow(b.tanh()),
  exp: (a) => a.tanh().exp().mul(0.5),
  log: (a) => a.mul(a).add(1).log(),
  log1p: (a) => a.mul(a).log1p(),
  sqrt: (a) => a.mul(a).add(0.25).sqrt(),
  sin: (a, b) => a.sin().mul(b.cos()),
  expm1: (a) => a.tanh().expm1(),
  // The derivatives of these are continuous at their kinks.
  absSquared: (a) => a.mul(a.abs()).tanh(),
  clipSquared: (a) => a.tanh().clip(-0.25, 0.25).pow(2).add(a.tanh()),
  chosenSquared: (a, b) => where(a.greater(0), a.mul(a), a.mul(a).neg()).mul(b.tanh()).tanh(),
  maximumSquared: (a, b) => a.sub(b).maximum(0).pow(2).tanh(),
  product: (a, b) => a.matmul(b).mul(0.4),
  productOfTransposed: (a, b) => a.T.matmul(b.flip(0)).tanh(),
  transposed: (a, b) => a.T.add(b.permute([1, 0])).mul(0.5),
  rows: (a, b) => a.sub(b.mean(0)).tanh(),
  columns: (a, b) => a.mul(b.sum(1, { keepdims: true }).tanh()),
  deviation: (a) => a.sub(a.mean()).div(a.var().add(0.5).sqrt()),
  softmax: (a) =>
    a
      .sub(logSumExp(a, 1, { keepdims: true }))
      .exp()
      .add(a.mul(0.1)),
  product4: (a) => a.tanh().prod(0, { keepdims: true }).add(a),
  shifted: (a, b) => concat([a.slice([1]), b.slice([0, 1])]),
  stepped: (a, b) => stack([a.slice(0), b.slice(-1), a.slice([], 1)]).mul(0.9),
  padded: (a, b) =>
    pad(
      a.slice([0, -1], [null, null, -1]),
      [
        [1, 0],
        [0, 0],
      ],
      { value: 0.5 },
    ).mul(b),
  gathered: (a, b) => a.gather(places, 1).add(b).mul(0.5),
  taken: (a) => a.take(row, 0),
  scattered: (a, b) => a.scatterAdd(places, b, 0).mul(0.4),
  broadcast: (a, b) =>
    a
      .sum(0)
      .expand([3, 3])
      .tanh()
      .add(b.reshape([9]).reshape([3, 3]))
      .mul(0.5),
};

const places = tensor(
  [
    [0, 2, 1],
    [1, 1, 0],
    [2, 0, 2],
  ],
  { dtype: 'int32' },
) as Tensor;
const row = tensor([2, 0, 2], { dtype: 'int32' }) as Tensor;

type Chain = readonly (readonly [string, number, number])[];
const chains = array(tuple(constantFrom(...Object.keys(steps)), nat(20), nat(20)), { minLength: 1, maxLength: 10 });

/** The loss of a chain: each step takes two of the inputs and of the results before it. */
function lossOf(chain: Chain, first: Tensor, second: Tensor): Tensor {
  const made = [first, second];
  for (const [name, a, b] of chain) {
    made.push(steps[name]!(made.at(-1 - (a % made.length))!, made.at(-1 - (b % made.length))!));
  }
  return made.at(-1)!.mul(weights).sum();
}

const matrix = (from: number): Float64Array => Float64Array.from({ length: 9 }, (_, at) => Math.sin(at * 1.7 + from));
const tensorOf = (numbers: Float64Array): Tensor => fromTypedArray(numbers, [3, 3]) as Tensor;
const weights = tensorOf(Float64Array.from({ length: 9 }, (_, at) => Math.cos(at * 2.3) + 0.2));

const first = matrix(0.3);
const second = matrix(5);

/** Difference quotients of a function of both matrices, element by element. */
function differences(of: (a: Tensor, b: Tensor) => Tensor, epsilon: number): number[] {
  const at = (place: number, by: number): number => {
    const [a, b] = [first.slice(), second.slice()];
    const moved = place < 9 ? a : b;
    moved[place % 9]! += by;
    return of(tensorOf(a), tensorOf(b)).item();
  };
  return Array.from({ length: 18 }, (_, place) => (at(place, epsilon) - at(place, -epsilon)) / (2 * epsilon));
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  const apart = wanted.flatMap((value, at) =>
    Math.abs(found[at]! - value) <= 1e-5 + 1e-3 * Math.abs(value) ? [] : [{ at, found: found[at], value }],
  );
  expect(apart).toEqual([]);
}

const gradientsOf = (chain: Chain, a: Tensor, b: Tensor): Tensor[] => {
  const [x, y] = [watch(a), watch(b)];
  return [...gradients(lossOf(chain, x, y), [x, y])];
};

test('gradients of random expressions agree with difference quotients', () => {
  assert(
    property(chains, (chain) => {
      const found = gradientsOf(chain, tensorOf(first), tensorOf(second)).flatMap(({ data }) => [...data]);
      expectClose(
        found,
        differences((a, b) => lossOf(chain, a, b), 1e-6),
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('second derivatives of random expressions agree with difference quotients of gradients', () => {
  // The weighted sum of all first derivatives.
  const steepness = (chain: Chain, a: Tensor, b: Tensor): Tensor => {
    const [x, y] = [watch(a), watch(b)];
    const [left, right] = gradients(lossOf(chain, x, y), [x, y]) as [Tensor, Tensor];
    return left.mul(weights).add(right.mul(weights.T)).sum();
  };
  assert(
    property(chains, (chain) => {
      const [x, y] = [watch(tensorOf(first)), watch(tensorOf(second))];
      const steep = steepness(chain, x, y);
      const found = steep.requiresGrad
        ? gradients(steep, [x, y]).flatMap(({ data }) => [...data])
        : Array.from({ length: 18 }, () => 0);
      expectClose(
        found,
        differences((a, b) => steepness(chain, a, b), 1e-5),
      );
    }),
    { numRuns: 100, seed: 8 },
  );
});

test('random expressions and their gradients have the same bits eagerly and compiled by the reference', () => {
  assert(
    property(chains, (chain) => {
      const [a, b] = [tensorOf(first), tensorOf(second)];
      const step = (x: Tensor, y: Tensor): Tensor[] => [lossOf(chain, x, y), ...gradientsOf(chain, x, y)];
      const wanted = step(a, b).map(({ data }) => [...data]);
      const found = compile(step, reference)(a, b).map(({ data }) => [...data]);
      expect(found).toEqual(wanted);
    }),
    { numRuns: 100, seed: 9 },
  );
});

test.each([
  ['wasm', wasm],
  ['deterministic wasm', wasm({ deterministic: true })],
])('random expressions and their gradients agree eagerly and compiled by %s', (_, backend) => {
  const step = (chain: Chain) => (x: Tensor, y: Tensor) => [lossOf(chain, x, y), ...gradientsOf(chain, x, y)];
  const numbers = (all: readonly Tensor[]): number[] => all.flatMap(({ data }) => [...data]);
  assert(
    property(chains, constantFrom('float32', 'float64'), (chain, dtype) => {
      const args = [tensorOf(first).cast(dtype), tensorOf(second).cast(dtype)] as [Tensor, Tensor];
      expectClose(numbers(compile(step(chain), backend)(...args)), numbers(step(chain)(...args)));
    }),
    { numRuns: 100, seed: 10 },
  );
});

test('every function occurs for every seed', () => {
  // The derivative of a function that never occurs would not be tested.
  for (const seed of [7, 8, 9, 10]) {
    const drawn = new Set<string>();
    assert(
      property(chains, (chain) => {
        for (const [name] of chain) drawn.add(name);
      }),
      { numRuns: 100, seed },
    );
    expect([...drawn].toSorted()).toEqual(Object.keys(steps).toSorted());
  }
});
