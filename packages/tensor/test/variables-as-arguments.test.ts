import { describe, expect, test } from 'vitest';
import type { Returned } from '../src/compile/compile.ts';
import {
  compile,
  DTypeError,
  gradients,
  runBatches,
  runSteps,
  type Tensor,
  tensor,
  Variable,
  variable,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';

type Step<Args extends readonly Tensor[], Result> = (...args: Args) => Result;
type Way = <Args extends readonly Tensor[], Result extends Returned>(step: Step<Args, Result>) => Step<Args, Result>;

const ways: readonly (readonly [string, Way])[] = [
  ['step by step', (step) => step],
  ['by the reference', (step) => compile(step, reference)],
  ['as wasm', (step) => compile(step, wasm)],
  [
    'as wasm, by runSteps',
    (step) => {
      const compiled = compile(step, wasm);
      return (...args) => runSteps(compiled, 1, ...args);
    },
  ],
];

const weight = (...values: number[]): Variable => variable(tensor(values)) as Variable;
const x = tensor([1, 2]) as Tensor;

describe.each(ways)('a variable as an argument, %s', (_, made) => {
  test('is assigned', () => {
    const v = weight(1, 1);
    const step = made((w: Variable, a: Tensor) => {
      w.assign(w.add(a));
      return w.mul(10);
    });
    expect(String(step(v, x))).toBe('[20. 30.]');
    expect(String(step(v, x))).toBe('[30. 50.]');
    expect(String(v)).toBe('[3. 5.]');
  });

  test('is seen changed by an assignment to the variable that the function captures', () => {
    const v = weight(3, 3);
    const step = made((w: Tensor, a: Tensor) => {
      v.assign(v.add(a));
      return w.add(0);
    });
    expect(String(step(v, x))).toBe('[4. 5.]');
    v.assign(tensor([0, 0]));
    expect(String(step(v, x))).toBe('[1. 2.]');
  });

  test('is each time the one that is passed, and a tensor of its shape is none', () => {
    const [v, u] = [weight(1, 1), weight(5, 5)];
    const step = made((w: Tensor) => {
      if (w instanceof Variable) w.assign(w.mul(2));
      return w.sum();
    });
    expect([v, u, x, v, x, u].map((one) => step(one).item())).toEqual([4, 20, 3, 8, 3, 40]);
    expect([v, u].map(String)).toEqual(['[4. 4.]', '[20. 20.]']);
  });

  test('may be passed twice, and two may be swapped', () => {
    const [v, u] = [weight(1, 1), weight(5, 5)];
    const step = made((a: Variable, b: Variable, c: Tensor) => {
      const kept = a.add(0);
      a.assign(b.add(c));
      b.assign(kept);
    });
    step(v, u, x);
    expect([v, u].map(String)).toEqual(['[6. 7.]', '[1. 1.]']);
    step(v, v, x);
    expect(String(v)).toBe('[6. 7.]');
  });

  test('has a gradient', () => {
    const step = made((w: Variable, a: Tensor) => gradients(w.mul(w).mul(a).sum(), w));
    expect(String(step(weight(1, 3), x))).toBe('[ 2. 12.]');
  });
});

test('a variable is passed to many steps, and is assigned by each', () => {
  const v = weight(1, 1);
  const step = compile((w: Variable, a: Tensor) => (w.assign(w.add(a)), w.sum()), wasm);
  expect(runSteps(step, 10, v, x).item()).toBe(32);
  expect(String(v)).toBe('[11. 21.]');
});

test('a variable is no list of batches', () => {
  const v = variable(tensor([[1, 1]]), { name: 'momentum' }) as Variable;
  const step = compile((w: Tensor) => w.sum(), wasm);
  expect(() => runBatches(step, v)).toThrow(DTypeError);
  expect(() => runBatches(step, v)).toThrow(
    'runBatches: arguments are one entry per step, got the variable momentum, which a step cannot be given in parts. ' +
      'Write momentum.detach() for its present value, or use the variable inside the function.',
  );
  expect(String(runBatches(step, v.detach() as Tensor))).toBe('[2.]');
});
