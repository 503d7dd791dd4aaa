import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import {
  compile,
  type DType,
  DTypeError,
  gradients,
  runBatches,
  runSteps,
  stack,
  stepRandom,
  type Tensor,
  tensor,
  variable,
  type Variable,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['the reference', reference],
  ['wasm', wasm],
];

const weight = (...values: number[]): Variable => variable(tensor(values)) as Variable;
const wave = (from: number, ...shape: number[]): Tensor =>
  tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at * 0.7 + from))).reshape(
    shape,
  ) as Tensor;
const int32 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: 'int32' }) as Tensor;

/** A network with a step count and random numbers in its step, so that a missing or repeated step changes the results. */
function network(backend: Backend) {
  const parameters = { first: variable(wave(0.3, 2, 5)), bias: weight(0, 0, 0, 0, 0), second: variable(wave(2, 5, 1)) };
  const count = variable(tensor(0));
  const random = stepRandom(3);
  const step = compile((x: Tensor, y: Tensor) => {
    count.assign(count.add(1));
    const noise = random.normal(x.shape).mul(0.01);
    const error = x.add(noise).matmul(parameters.first).add(parameters.bias).tanh().matmul(parameters.second).sub(y);
    const loss = error.mul(error).mean();
    const slopes = gradients(loss, parameters as Readonly<Record<string, Tensor>>);
    for (const [name, parameter] of Object.entries(parameters)) {
      parameter.assign(parameter.sub(slopes[name]!.mul(0.5).div(count.add(1).sqrt())) as never);
    }
    return { loss, error };
  }, backend);
  const state = () => [...Object.values(parameters), count, random.state].map(({ data }) => [...data]);
  return { step, state };
}

describe.each(backends)('many steps in one call by %s', (_, backend) => {
  const [x, y] = [wave(1, 4, 2), wave(5, 4, 1)];

  test('runSteps gives the bits of a loop, and the last result', () => {
    const [loop, many] = [network(backend), network(backend)];
    let last = loop.step(x, y);
    for (let at = 1; at < 50; at++) last = loop.step(x, y);
    const { loss, error } = runSteps(many.step, 50, x, y);
    expect([loss.item(), [...error.data]]).toEqual([last.loss.item(), [...last.error.data]]);
    expect(many.state()).toEqual(loop.state());
    expect(runSteps(many.step, 1, x, y).loss.item()).toBe(loop.step(x, y).loss.item());
  });

  test('runBatches gives the bits of a loop over the entries, and every result', () => {
    const [loop, many] = [network(backend), network(backend)];
    const [xs, ys] = [wave(1, 50, 4, 2), wave(5, 50, 4, 1)];
    const results = Array.from({ length: 50 }, (__, at) => loop.step(xs.slice(at) as Tensor, ys.slice(at) as Tensor));
    const { loss, error } = runBatches(many.step, xs, ys);
    expect([loss.shape, error.shape]).toEqual([[50], [50, 4, 1]]);
    expect([...loss.data]).toEqual(results.map((one) => one.loss.item()));
    expect([...error.data]).toEqual([...stack(results.map((one) => one.error)).data]);
    expect(many.state()).toEqual(loop.state());
  });

  test('calls of all kinds can be mixed', () => {
    const [loop, many] = [network(backend), network(backend)];
    const [xs, ys] = [wave(1, 3, 4, 2), wave(5, 3, 4, 1)];
    for (let round = 0; round < 3; round++) {
      loop.step(x, y);
      for (let at = 0; at < 3; at++) loop.step(xs.slice(at) as Tensor, ys.slice(at) as Tensor);
      for (let at = 0; at < 4; at++) loop.step(x, y);
      many.step(x, y);
      runBatches(many.step, xs, ys);
      runSteps(many.step, 4, x, y);
      expect(many.state()).toEqual(loop.state());
    }
  });

  // From entries of a few words, which are copied word by word, to entries that are copied as a block.
  const entries = [[], [1], [3], [4], [5], [2, 7], [31], [32], [33], [100], [9000], [0], [2, 0]];

  test.each(entries.map((shape) => ({ shape })))('entries of shape $shape, in every dtype', ({ shape }) => {
    const step = compile(
      (a: Tensor, b: Tensor, c: Tensor, d: Tensor) => [a.add(c), b.mul(2), c.add(1), d.logicalNot(), b.cast('float64')],
      backend,
    );
    const args = (['float64', 'float32', 'int32', 'bool'] as const satisfies DType[]).map((dtype, at) =>
      wave(at, 3, ...shape)
        .mul(3)
        .cast(dtype),
    ) as [Tensor, Tensor, Tensor, Tensor];
    const row = (at: number) => args.map((arg) => arg.slice(at)) as typeof args;
    const wanted = [step(...row(0)), step(...row(1)), step(...row(2))];
    const found = runBatches(step, ...args);
    expect(found.map(({ shape: own }) => own)).toEqual(found.map(() => [3, ...shape]));
    expect(found.map(({ dtype }) => dtype)).toEqual(wanted[0]!.map(({ dtype }) => dtype));
    for (const [at, one] of found.entries()) {
      expect([...one.data]).toEqual(wanted.flatMap((results) => [...results[at]!.data]));
    }
  });

  test('very many entries', () => {
    const total = variable(tensor(0, { dtype: 'float64' }));
    const step = compile((a: Tensor) => {
      total.assign(total.add(a.sum()));
      return a.mul(2);
    }, backend);
    const xs = wave(1, 20_000, 3).cast('float64');
    const doubled = runBatches(step, xs);
    expect([...doubled.data]).toEqual([...xs.mul(2).data]);
    expect(total.item()).toBeCloseTo(xs.sum().item(), 8);
  });

  test('entries with strides', () => {
    const step = compile((a: Tensor) => a.add(1), backend);
    const xs = wave(2, 3, 4).T.slice([null, null, -1]) as Tensor;
    expect(runBatches(step, xs).toArray()).toEqual(xs.add(1).toArray());
    expect(runBatches(step, tensor([1, 2, 3, 4]).slice([1, 3]) as Tensor).toArray()).toEqual([3, 4]);
    expect(runBatches(step, weight(5, 6).detach() as Tensor).toArray()).toEqual([6, 7]);
  });

  test('no entries: nothing runs, and results are empty', () => {
    const w = weight(1, 2);
    const step = compile((a: Tensor) => {
      w.assign(w.add(a));
      return [w.sum(), a] as const;
    }, backend);
    expect(runBatches(step, wave(0, 0, 2)).map(({ shape }) => shape)).toEqual([[0], [0, 2]]);
    expect(String(w)).toBe('[1. 2.]');
  });

  test('a step may return nothing', () => {
    const w = weight(0);
    const silent = compile((a: Tensor) => w.assign(w.add(a)), backend);
    expect(runBatches(silent, tensor([[1], [2], [3]]) as Tensor)).toBeUndefined();
    expect(runSteps(silent, 2, tensor([10]))).toBeUndefined();
    expect(w.item()).toBe(26);
  });

  test('results do not change when steps run again', () => {
    const step = compile((a: Tensor) => a.mul(2), backend);
    const results = [runBatches(step, tensor([[1], [2]]) as Tensor), runSteps(step, 3, tensor([5]))];
    runBatches(step, tensor([[3], [4]]) as Tensor);
    runSteps(step, 3, tensor([6]));
    expect(results.map((one) => one.toArray())).toEqual([[[2], [4]], [10]]);
  });

  test('variables that change between calls are read again, and two functions can share them', () => {
    const w = weight(1);
    const grow = compile((a: Tensor) => w.assign(w.add(a)), backend);
    const scale = compile((a: Tensor) => w.assign(w.mul(a)), backend);
    runSteps(grow, 3, tensor([1]));
    runBatches(scale, tensor([[2], [3]]) as Tensor);
    expect(w.item()).toBe(24);
    w.assign(tensor([1]));
    runBatches(grow, tensor([[1], [1]]) as Tensor);
    runSteps(scale, 2, tensor([10]));
    expect(w.item()).toBe(300);
  });

  test('after an index out of bounds variables have the values of the last complete step, as after a loop', () => {
    const made = () => {
      const [written, grown, picked] = [weight(0, 0), weight(0, 0), weight(0, 0)];
      const step = compile((a: Tensor, index: Tensor) => {
        const found = a.gather(index, 0);
        written.assign(a.mul(3));
        grown.assign(grown.add(a));
        picked.assign(picked.add(found));
      }, backend);
      return { step, state: () => [written, grown, picked].map((one) => one.toArray()) };
    };
    const [loop, many] = [made(), made()];
    const a = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]) as Tensor;
    const index = int32([
      [0, 0],
      [1, 0],
      [1, 2],
      [0, 1],
    ]);
    expect(() => {
      for (let at = 0; at < 4; at++) loop.step(a.slice(at) as Tensor, index.slice(at) as Tensor);
    }).toThrow(/index 2 .*is out of bounds for axis 0 with size 2/);
    expect(() => runBatches(many.step, a, index)).toThrow(/index 2 .*is out of bounds for axis 0 with size 2/);
    expect(many.state()).toEqual(loop.state());
    expect(many.state()).toEqual([
      [9, 12],
      [4, 6],
      [5, 4],
    ]);
    // The next call continues from there. A call that fails in its first step changes nothing.
    runBatches(many.step, a.slice([0, 2]) as Tensor, index.slice([0, 2]) as Tensor);
    const before = many.state();
    expect(before).toEqual([
      [9, 12],
      [8, 12],
      [10, 8],
    ]);
    expect(() => runSteps(many.step, 5, a.slice(0) as Tensor, int32([0, -1]))).toThrow(
      /index -1 (at \[1\] )?is out of bounds for axis 0 with size 2/,
    );
    expect(many.state()).toEqual(before);
  });

  test('a count that is no positive integer is refused before anything runs', () => {
    const w = weight(1);
    const step = compile((a: Tensor) => w.assign(w.add(a)), backend);
    for (const count of [0, -1, 1.5, NaN, Infinity, '3', undefined, tensor([2])]) {
      const kind = typeof count === 'number' ? RangeError : TypeError;
      expect(() => runSteps(step, count as number, tensor([1]))).toThrow(kind);
    }
    expect(() => runSteps(step, 0, tensor([1]))).toThrow(
      'runSteps: the number of steps must be a positive integer, got 0. Write runSteps(step, 1000, x, y).',
    );
    expect(() => runSteps(step, 2, [1] as never)).toThrow(DTypeError);
    expect(w.item()).toBe(1);
  });

  test('entries of different lengths are refused before anything runs', () => {
    const w = weight(1);
    const step = compile((a: Tensor, b: Tensor) => w.assign(w.add(a.sum()).add(b.sum())), backend);
    const none = compile(() => w.assign(w.add(1)), backend);
    const message = (got: string): string =>
      `runBatches: the first axes of the arguments, one entry per step, must be equally long, got ${got}. ` +
      `Keep what stays the same in a Variable.`;
    expect(() => runBatches(step, wave(0, 3, 2), wave(0, 2, 2))).toThrow(message('[3, 2], [2, 2]'));
    expect(() => runBatches(step, wave(0, 3, 2), tensor(1) as Tensor)).toThrow(message('[3, 2], []'));
    expect(() => runBatches(step, tensor(1) as Tensor, wave(0, 3, 2))).toThrow(message('[], [3, 2]'));
    expect(() => runBatches(none)).toThrow(message('no arguments'));
    expect(() => runBatches(step, wave(0, 3, 2), [1] as never)).toThrow(DTypeError);
    expect(w.item()).toBe(1);
  });

  test('a step whose shapes do not fit is refused before anything runs', () => {
    const w = variable(wave(1, 2, 2)) as Variable;
    const before = w.toArray();
    const step = compile((a: Tensor) => w.assign(a.matmul(w)), backend);
    expect(() => runBatches(step, wave(0, 5, 3, 3))).toThrow(/matri/);
    expect(() => runSteps(step, 5, wave(0, 3, 3))).toThrow(/matri/);
    expect(w.toArray()).toEqual(before);
    runBatches(step, wave(0, 5, 2, 2));
    expect(w.toArray()).not.toEqual(before);
  });

  test('they are refused inside another compiled function, with a hint', () => {
    const w = weight(1);
    const inner = compile((a: Tensor) => w.assign(w.add(a)), backend);
    const message = 'a compiled function cannot run many steps of another. Write a loop around the function there.';
    expect(() => compile((a: Tensor) => runSteps(inner, 3, a), backend)(tensor([1]))).toThrow(`runSteps: ${message}`);
    expect(() => compile((a: Tensor) => runBatches(inner, a), backend)(tensor([[1]]))).toThrow(
      `runBatches: ${message}`,
    );
    compile((a: Tensor) => [inner(a), inner(a), inner(a)], backend)(tensor([1]));
    expect(w.item()).toBe(4);
  });
});
