import { type Arbitrary, array, assert, boolean, constantFrom, nat, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkpoint,
  compile,
  concat,
  generator,
  gradients,
  pad,
  scan,
  type ScanOptions,
  stack,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
  where,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';

const [rows, columns] = [2, 3] as const;

const random = (shape: readonly number[], seed: number): Tensor =>
  generator(seed).normal(shape, { dtype: 'float64' }).mul(0.5);

/** What an operation is applied to: three matrices of 2 rows and 3 columns, a square one, and a number from 0 to 6. */
interface Operands {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly c: Tensor;
  readonly w: Tensor;
  readonly n: number;
}

const product = checkpoint((x: Tensor, y: Tensor) => x.mul(y).sin());
const weighted = vmap((x: Tensor, y: Tensor) => x.mul(y.sum()).tanh());

/** Functions of matrices that give a matrix of the same shape, and small numbers. */
const operations: readonly ((operands: Operands) => Tensor)[] = [
  ({ a, b }) => a.add(b),
  ({ a, b }) => a.mul(b),
  ({ a, b }) => a.sub(b).tanh(),
  ({ a }) => a.sin(),
  ({ a, b }) => a.matmul(b.mT).matmul(b).tanh(),
  ({ a, w }) => a.matmul(w).tanh(),
  ({ a, b, w }) => stack([a, b]).matmul(w).sum(0).tanh() as Tensor,
  ({ a }) => a.mT.matmul(a).slice([0, rows]).tanh() as Tensor,
  ({ a, b }) => b.add(a.sum(0, { keepdims: true })).sin(),
  ({ a, b }) => a.add(b.max(1, { keepdims: true })).tanh(),
  ({ a, b }) => a.mul(b.mean()),
  ({ a, b }) => b.mul(a.slice(0)).tanh(),
  ({ a, b }) => concat([a.slice([], [0, 1]) as Tensor, b.slice([], [1, null]) as Tensor], 1) as Tensor,
  ({ a }) =>
    pad(a.slice([0, 1]) as Tensor, [
      [0, 1],
      [0, 0],
    ]),
  ({ a }) => a.flip(1),
  ({ a }) => a.reshape([columns, rows]).mT.reshape([rows, columns]),
  ({ a, n }) => a.take(tensor([n % columns, 0, 1], { dtype: 'int32' }), 1) as Tensor,
  ({ a, b, c }) => where(a.greater(0), b, c),
  ({ a, b }) => a.maximum(b),
  ({ a, n }) => a.mul(n / 7),
  ({ a }) => a.detach().mul(a),
  ({ a, b }) => weighted(a, b),
  ({ a, b }) => product(a, b),
];

const choice = record({ operation: nat(operations.length - 1), a: nat(40), b: nat(40), c: nat(40), n: nat(6) });

const recipes = record({
  length: constantFrom(2, 3, 4),
  reverse: boolean(),
  carried: constantFrom(1, 2, 3),
  nested: boolean(),
  choices: array(choice, { minLength: 1, maxLength: 10 }),
  /** Which values are carried on, and which are results. */
  next: array(nat(40), { minLength: 3, maxLength: 3 }),
  results: array(nat(40), { minLength: 2, maxLength: 2 }),
  /** The value that a variable gets in each step; none if it keeps its own. */
  assigned: constantFrom(undefined, 0, 10, 20, 30),
});
type Recipe = typeof recipes extends Arbitrary<infer R> ? R : never;

type Step = (
  carry: readonly Tensor[],
  entry: Tensor,
) => readonly [carry: readonly Tensor[], results: readonly Tensor[]];
type Loop = (
  step: Step,
  initial: readonly Tensor[],
  xs: Tensor,
  options: ScanOptions,
) => readonly [carry: readonly Tensor[], results: readonly Tensor[]];

const writtenOut: Loop = (step, initial, xs, { reverse }) => {
  let carry = initial;
  const results: (readonly Tensor[])[] = [];
  const entries = Array.from({ length: xs.shape[0]! }, (_, t) => xs.slice(t) as Tensor);
  for (const entry of reverse ? entries.toReversed() : entries) {
    const [next, own] = step(carry, entry);
    carry = next;
    results.push(own);
  }
  if (reverse) results.reverse();
  return [carry, results[0]!.map((_, at) => stack(results.map((own) => own[at]!)) as Tensor)];
};

/** A function with a loop: the loss, its gradients, and the gradients of a function of those. */
function withGradients(recipe: Recipe, loop: Loop): (x: Tensor, h: Tensor, k: Tensor) => readonly Tensor[] {
  const { reverse, carried, nested, choices, next, results, assigned } = recipe;
  const w = variable(random([columns, columns], 5));
  const [v, u] = [variable(random([rows, columns], 6)), variable(random([rows, columns], 7))];
  const square = (x: Tensor): Tensor => x.mul(x).sum();
  const add = (x: Tensor, y: Tensor): Tensor => x.add(y);
  return (...given) => {
    const [x, h, k] = given.map((one) => watch(one)) as [Tensor, Tensor, Tensor];
    const stepOf =
      (hasLoop: boolean): Step =>
      (carry, entry) => {
        const pool: Tensor[] = [k, v, u, h, ...carry, entry];
        // Recent values are taken more often.
        const take = (at: number): Tensor => pool[pool.length - 1 - Math.floor((at / 41) ** 2 * pool.length)]!;
        for (const { operation, a, b, c, n } of choices) {
          pool.push(operations[operation]!({ a: take(a), b: take(b), c: take(c), w, n }));
        }
        if (hasLoop) {
          const inner = x.slice([0, 2]) as Tensor;
          const [last, all] = loop(
            stepOf(false),
            carry.map((one) => one.mul(0.9)),
            inner,
            { reverse: !reverse },
          );
          pool.push(...last, all[0]!.sum(0).tanh() as Tensor);
        }
        if (assigned !== undefined) u.assign(take(assigned).mul(0.7));
        return [carry.map((_, at) => take(next[at]!).tanh()), results.map((at) => take(at).add(0))];
      };
    const start = Array.from({ length: carried }, (_, at) => h.mul(at + 1));
    const [end, all] = loop(stepOf(nested), start, x, { reverse });
    const loss = [...end.map(square), all[0]!.sin().sum(), square(all[1]!)].reduce(add);
    const first = gradients(loss, [x, h, k, w, v, u] as readonly Tensor[]);
    const second = gradients(first.map(square).reduce(add), [x, h, k, w, v] as readonly Tensor[]);
    return [loss, ...first, ...second, u.add(0)];
  };
}

function largestDifference(got: Tensor, wanted: Tensor): number {
  const scale = Math.max(1, wanted.abs().max().item() as number);
  return (got.sub(wanted).abs().max().item() as number) / scale;
}

describe.each([
  ['eager', (f: (...given: readonly Tensor[]) => readonly Tensor[]) => f],
  ['by the reference', (f: (...given: readonly Tensor[]) => readonly Tensor[]) => compile(f, reference)],
  ['by wasm', (f: (...given: readonly Tensor[]) => readonly Tensor[]) => compile(f, wasm)],
])('random loops, %s,', (_, way) => {
  test('have the gradients of the steps written out, also of gradients', () => {
    assert(
      property(recipes, (recipe) => {
        const given = [
          random([recipe.length, rows, columns], 1),
          random([rows, columns], 2),
          random([rows, columns], 3),
        ];
        const [x, h, k] = given as [Tensor, Tensor, Tensor];
        const wanted = withGradients(recipe, writtenOut)(x, h, k);
        const run = withGradients(recipe, scan as unknown as Loop);
        const found = way((...args) => run(...(args as [Tensor, Tensor, Tensor])))(x, h, k);
        expect(found.map((one, at) => largestDifference(one, wanted[at]!)).filter((one) => !(one < 1e-8))).toEqual([]);
      }),
      { numRuns: 60, seed: 41 },
    );
  });
});
