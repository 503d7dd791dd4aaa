import { describe, expect, test } from 'vitest';
import type { Returned } from '../src/compile/compile.ts';
import type { Backend } from '../src/compile/program.ts';
import { trace } from '../src/compile/trace.ts';
import {
  compile,
  concat,
  type Entries,
  fromTypedArray,
  gradients,
  disassemble,
  DTypeError,
  oneHot,
  ones,
  runSteps,
  ShapeError,
  runBatches,
  Tensor,
  tensor,
  variable,
  type Variable,
  watch,
  zeros,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { isTracing } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';

type Step<Args extends readonly Tensor[], Result> = (...args: Args) => Result;
type Way = <Args extends readonly Tensor[], Result extends Returned>(step: Step<Args, Result>) => Step<Args, Result>;

const compiledBy =
  (backend: Backend): Way =>
  (step) =>
    compile(step, backend);

/** Every call is `runSteps` with one step. */
const bySteps =
  (backend: Backend): Way =>
  <Args extends readonly Tensor[], Result extends Returned>(step: Step<Args, Result>) => {
    const compiled = compile(step, backend);
    return (...args: Args) => (isTracing() ? compiled(...args) : runSteps(compiled, 1, ...args));
  };

/** Every call is `runBatches` with one entry. */
const byBatches =
  (backend: Backend): Way =>
  <Args extends readonly Tensor[], Result extends Returned>(step: Step<Args, Result>) => {
    const compiled = compile(step, backend);
    return (...args: Args) => {
      if (isTracing() || args.length === 0) return compiled(...args);
      const entries = args.map((arg) => arg.expandDims(0)) as unknown as Entries<Args>;
      return firstOf(runBatches(compiled, ...entries)) as Result;
    };
  };

/** A result with the first entry of each of its tensors. */
function firstOf(result: unknown): unknown {
  if (result instanceof Tensor) return result.slice(0);
  if (Array.isArray(result)) return result.map(firstOf);
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(Object.entries(result).map(([name, part]) => [name, firstOf(part)]));
}

// A compiled function behaves as the plain function: every test runs both, in all ways.
const ways: readonly (readonly [string, Way])[] = [
  ['eagerly', (step) => step],
  ['by the reference', compiledBy(reference)],
  ['as wasm', compiledBy(wasm)],
  ['as wasm with runSteps', bySteps(wasm)],
  ['as wasm with runBatches', byBatches(wasm)],
  ['by the reference with runBatches', byBatches(reference)],
];

const x = tensor([1, 2, 3]) as Tensor;
const wave = (...shape: number[]): Tensor =>
  tensor(Array.from({ length: shape.reduce((a, b) => a * b) }, (_, at) => Math.sin(at * 1.3 + shape.length))).reshape(
    shape,
  ) as Tensor;

describe.each(ways)('%s', (_, made) => {
  const weight = (...values: number[]): Variable => variable(tensor(values)) as Variable;

  test('a result has the numbers of the arguments', () => {
    const double = made((a: Tensor) => a.mul(2));
    expect(String(double(x))).toBe('[2. 4. 6.]');
    expect(String(double(tensor([5, 6, 7])))).toBe('[10. 12. 14.]');
  });

  test('results do not change when the function is called again', () => {
    const double = made((a: Tensor) => a.mul(2));
    const first = double(x);
    double(tensor([5, 6, 7]));
    expect(String(first)).toBe('[2. 4. 6.]');
  });

  test('arguments may have another shape or dtype at each call', () => {
    const sum = made((a: Tensor) => a.add(a).sum());
    expect(sum(x).item()).toBe(12);
    expect(
      sum(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ).item(),
    ).toBe(20);
    expect(sum(tensor([1.5], { dtype: 'float64' })).item()).toBe(3);
    expect(sum(tensor([1, 2], { dtype: 'int32' })).dtype).toBe('int32');
    expect(sum(x).item()).toBe(12);
  });

  test('more combinations of shapes than programs are kept give right results', () => {
    const sum = made((a: Tensor) => a.sum());
    for (let round = 0; round < 2; round++) {
      for (let length = 1; length <= 20; length++) {
        expect(sum(tensor(Array.from({ length }, () => 1)))).toHaveProperty('shape', []);
        expect(sum(tensor(Array.from({ length }, () => 1))).item()).toBe(length);
      }
    }
  });

  test('the given number of programs is kept, and the least recently used one is dropped', () => {
    const traced: number[] = [];
    const size = (a: Tensor): Tensor => (traced.push(a.size), a.sum());
    const sum = compile(size, wasm, { programs: 2 });
    for (const length of [1, 2, 1, 3, 1, 2]) expect(sum(zeros([length])).item()).toBe(0);
    expect(traced).toEqual([1, 2, 3, 2]);
  });

  test.each([
    [0, 'compile: programs must be a positive integer, got 0. Leave it out for 16.'],
    [1.5, 'compile: programs must be a positive integer, got 1.5. Leave it out for 16.'],
    [Number.NaN, 'compile: programs must be a positive integer, got NaN. Leave it out for 16.'],
    ['many', 'compile: programs must be a positive integer, got string. Leave it out for 16.'],
  ])('%s programs cannot be kept', (programs, message) => {
    expect(() => compile((a: Tensor) => a, wasm, { programs: programs as number })).toThrow(message);
  });

  test('a variable that is read after an assignment has the new value', () => {
    const w = weight(1, 2, 3);
    const step = made((a: Tensor) => {
      const before = w.add(0);
      w.assign(w.add(a));
      return [before, w.mul(10)] as const;
    });
    const [before, after] = step(x);
    expect(String(before)).toBe('[1. 2. 3.]');
    expect(String(after)).toBe('[20. 40. 60.]');
    expect(String(w)).toBe('[2. 4. 6.]');
    step(x);
    expect(String(w)).toBe('[3. 6. 9.]');
  });

  test('values of a variable that were read before a call do not change', () => {
    const w = weight(1, 2, 3);
    const step = made((a: Tensor) => w.assign(w.add(a)));
    step(x);
    const snapshot = w.mul(1);
    const shared = w.detach();
    step(x);
    step(x);
    expect(String(snapshot)).toBe('[2. 4. 6.]');
    expect(String(shared)).toBe('[2. 4. 6.]');
    expect(String(w)).toBe('[4. 8. 12.]'.replace('4. 8.', ' 4.  8.'));
  });

  test('a variable that is assigned between calls is read again at the next call', () => {
    const w = weight(1, 1, 1);
    const step = made((a: Tensor) => {
      w.assign(w.mul(a));
      return w.sum();
    });
    expect(step(x).item()).toBe(6);
    w.assign(tensor([10, 10, 10]));
    expect(step(x).item()).toBe(60);
    expect(String(w)).toBe('[10. 20. 30.]');
  });

  test('two functions share a variable', () => {
    const w = weight(1, 1, 1);
    const grow = made((a: Tensor) => w.assign(w.add(a)));
    const scale = made((a: Tensor) => {
      w.assign(w.mul(a));
      return w.sum();
    });
    grow(x);
    expect(scale(x).item()).toBe(2 + 6 + 12);
    grow(x);
    expect(String(w)).toBe('[ 3.  8. 15.]');
    expect(scale(x).item()).toBe(3 + 16 + 45);
  });

  test('a variable that is only assigned, and one that is only read', () => {
    const read = weight(2, 2, 2);
    const written = weight(0, 0, 0);
    const step = made((a: Tensor) => written.assign(a.mul(read)));
    step(x);
    expect(String(written)).toBe('[2. 4. 6.]');
    read.assign(tensor([3, 3, 3]));
    step(x);
    expect(String(written)).toBe('[3. 6. 9.]');
  });

  test('two variables can be swapped', () => {
    const [a, b] = [weight(1, 1), weight(2, 2)];
    const swap = made(() => {
      const kept = a.add(0);
      a.assign(b);
      b.assign(kept);
    });
    swap();
    expect([String(a), String(b)]).toEqual(['[2. 2.]', '[1. 1.]']);
    swap();
    expect([String(a), String(b)]).toEqual(['[1. 1.]', '[2. 2.]']);
  });

  test('a variable may be returned', () => {
    const w = weight(1, 2);
    const step = made(() => {
      w.assign(w.mul(2));
      return w as Tensor;
    });
    expect(String(step())).toBe('[2. 4.]');
    expect(String(step())).toBe('[4. 8.]');
  });

  test('results come in arrays, records and records of arrays, or are undefined', () => {
    const step = made((a: Tensor) => ({ both: [a.add(1), a.add(2)], nothing: undefined, total: a.sum() }));
    const { both, nothing, total } = step(x);
    expect(both.map(String)).toEqual(['[2. 3. 4.]', '[3. 4. 5.]']);
    expect([nothing, total.item()]).toEqual([undefined, 6]);
  });

  test('an argument and a constant may be returned', () => {
    const step = made((a: Tensor) => [a, tensor([7, 8])] as const);
    expect(step(x).map(String)).toEqual(['[1. 2. 3.]', '[7. 8.]']);
  });

  test('gradients of variables and watched arguments', () => {
    const w = weight(2, 3, 4);
    const step = made((a: Tensor) => {
      const followed = watch(a);
      return gradients(w.mul(followed).mul(followed).sum(), { w: w as Tensor, followed });
    });
    const { w: ofWeight, followed } = step(x);
    expect(String(ofWeight)).toBe('[1. 4. 9.]');
    expect(String(followed)).toBe('[ 4. 12. 24.]');
  });

  test('gradients of a constant are refused with the hint to watch it', () => {
    expect(() => made((a: Tensor) => gradients(a.mul(a).sum(), a))(x)).toThrow('watch(x)');
  });

  test('an error in the function changes no variable', () => {
    const w = weight(1, 2, 3);
    const step = made((a: Tensor) => {
      const next = w.add(a);
      next.matmul(tensor([[1, 2]]) as Tensor);
      w.assign(next);
    });
    expect(() => step(x)).toThrow(ShapeError);
    expect(String(w)).toBe('[1. 2. 3.]');
  });

  test('shapes and dtypes that do not fit are refused as eagerly, and the next call works', () => {
    const w = variable(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ) as Variable;
    const plain = (a: Tensor): Tensor => {
      const product = a.matmul(w);
      w.assign(product);
      return product;
    };
    const step = made(plain);
    const good = tensor([
      [1, 0],
      [0, 1],
    ]) as Tensor;
    step(good);
    for (const bad of [tensor([1, 2, 3]), tensor(1), tensor([[1, 2]]), good.cast('float64')] as Tensor[]) {
      let message = '';
      try {
        plain(bad);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/[.?]$/);
      expect(() => step(bad)).toThrow(message);
      expect(String(w)).toBe('[[1. 2.]\n [3. 4.]]');
    }
    expect(String(step(good.add(good)))).toBe('[[2. 4.]\n [6. 8.]]');
  });

  test('gather reads from a reversed tensor', () => {
    const step = made((a: Tensor, index: Tensor) => a.slice([null, null, -1]).gather(index, 0));
    expect(String(step(x, tensor([0, 2, 1, 0], { dtype: 'int32' })))).toBe('[3. 1. 2. 3.]');
  });

  test('an index out of bounds is refused, and the next call works', () => {
    const w = weight(0, 0, 0);
    const step = made((a: Tensor, index: Tensor) => {
      const picked = a.gather(index, 0);
      w.assign(w.add(picked));
      return picked;
    });
    const good = tensor([2, 1, 0], { dtype: 'int32' });
    expect(String(step(x, good))).toBe('[3. 2. 1.]');
    expect(() => step(x, tensor([0, 3, 0], { dtype: 'int32' }))).toThrow(
      /index 3 .*is out of bounds for axis 0 with size 3/,
    );
    expect(() => step(x, tensor([0, -1, 0], { dtype: 'int32' }))).toThrow(
      /index -1 .*is out of bounds for axis 0 with size 3/,
    );
    expect(String(w)).toBe('[3. 2. 1.]');
    expect(String(step(x, good))).toBe('[3. 2. 1.]');
    expect(String(w)).toBe('[6. 4. 2.]');
  });

  test('after an index out of bounds all variables have the values of the last complete call', () => {
    const [written, grown, picked] = [weight(0, 0, 0), weight(0, 0, 0), weight(0, 0, 0)];
    const step = made((a: Tensor, index: Tensor) => {
      const found = a.gather(index, 0);
      written.assign(a.mul(3));
      grown.assign(grown.add(a));
      picked.assign(picked.add(found));
    });
    const places = (...values: number[]): Tensor => tensor(values, { dtype: 'int32' });
    step(x, places(0, 1, 2));
    expect(() => step(tensor([10, 20, 30]), places(0, 1, 5))).toThrow('index');
    expect([written, grown, picked].map(String)).toEqual(['[3. 6. 9.]', '[1. 2. 3.]', '[1. 2. 3.]']);
    step(x, places(2, 1, 0));
    expect([written, grown, picked].map(String)).toEqual(['[3. 6. 9.]', '[2. 4. 6.]', '[4. 4. 4.]']);
    // Also when the refused call is the first one.
    const fresh = weight(1, 1, 1);
    const other = made((a: Tensor, index: Tensor) => {
      const found = a.gather(index, 0);
      fresh.assign(a);
      return found;
    });
    expect(() => other(x, places(0, 1, 3))).toThrow('index');
    expect(String(fresh)).toBe('[1. 1. 1.]');
  });

  test('an index out of bounds in a late row changes no earlier row of a variable', () => {
    // So many rows that they run in row blocks, gather and assignment in one group.
    const rows = 20_000;
    const total = variable(zeros([rows])) as Variable;
    const step = made((a: Tensor, index: Tensor) => {
      total.assign(total.add(a.gather(index, 0)));
    });
    const places = (last: number): Tensor => {
      const indices = Int32Array.from({ length: rows }, (_, at) => (at < rows - 1 ? at % 3 : last));
      return fromTypedArray(indices, [rows]) as Tensor;
    };
    step(x, places(1));
    const before = [...total.data];
    expect(() => step(x, places(3))).toThrow('index');
    expect([...total.data]).toEqual(before);
  });

  test('a compiled function may be called in another', () => {
    const w = weight(1, 1, 1);
    const inner = made((a: Tensor) => {
      w.assign(w.add(a));
      return w.mul(2);
    });
    const outer = made((a: Tensor) => inner(a).sum());
    expect(outer(x).item()).toBe(2 * (2 + 3 + 4));
    expect(String(w)).toBe('[2. 3. 4.]');
  });

  test('no arguments, no results, no variables', () => {
    expect(made(() => tensor([1]).add(1) as Tensor)().item()).toBe(2);
    expect(made(() => undefined)()).toBeUndefined();
  });

  test('empty tensors, scalars, and lengths that are not multiples of 4', () => {
    const step = made((a: Tensor) => [a.exp().sum(), a.mul(a).sub(a), a.greater(0).any()] as const);
    for (const length of [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33]) {
      const values = Array.from({ length }, (__, at) => at / 10);
      const [sum, difference, any] = step(tensor(values));
      expect(sum.item()).toBeCloseTo(
        values.reduce((total, value) => total + Math.exp(value), 0),
        4,
      );
      expect(difference.shape).toEqual([length]);
      expect(any.item()).toBe(length > 1 ? 1 : 0);
    }
    expect(made((a: Tensor) => a.mul(a))(tensor(3) as Tensor).item()).toBe(9);
  });

  test('a captured number keeps its value', () => {
    const rate = 0.5;
    const fixed = tensor([1, 0, 1]);
    const step = made((a: Tensor) => a.mul(rate).add(fixed));
    expect(String(step(x))).toBe('[1.5 1.  2.5]');
    expect(String(step(x.mul(2) as Tensor))).toBe('[2. 2. 4.]');
  });

  test('empty tensors and scalars may be arguments and results', () => {
    const step = made((a: Tensor, b: Tensor) => ({ sum: a.sum(0), product: a.T.matmul(a), scaled: a.mul(b), most: b }));
    const { sum, product, scaled, most } = step(zeros([0, 3]) as Tensor, tensor(2) as Tensor);
    expect([sum, product, scaled].map((one) => one.toArray())).toEqual([
      [0, 0, 0],
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [],
    ]);
    expect([scaled.shape, most.item()]).toEqual([[0, 3], 2]);
    expect(step(zeros([3, 0]) as Tensor, tensor(2) as Tensor).product.shape).toEqual([0, 0]);
  });

  // Multiples of four rows, other numbers of rows, one row, none.
  test.each([0, 1, 2, 3, 4, 5, 8, 13])('a training step on a batch of %d gives the same results as eagerly', (rows) => {
    const train = (way: Way) => {
      const parameters = { w: variable(wave(2, 7)), b: variable(wave(7)), v: variable(wave(7, 3)) };
      const step = way((input: Tensor, target: Tensor) => {
        const hidden = input.matmul(parameters.w).add(parameters.b).maximum(0);
        const error = hidden.matmul(parameters.v).sub(target);
        const loss = error.mul(error).mean();
        const slopes = gradients(loss, parameters as Readonly<Record<string, Tensor>>);
        for (const [name, parameter] of Object.entries(parameters)) {
          parameter.assign(parameter.sub(slopes[name]!.mul(0.1)) as never);
        }
        return loss;
      });
      const losses = Array.from({ length: 4 }, () => step(wave(rows, 2), wave(rows, 3)).item());
      return [losses, ...Object.values(parameters).map(({ data }) => [...data])].flat();
    };
    const wanted = train((step) => step);
    // An empty batch has no mean loss: the weights become NaN, compiled or not.
    expect(wanted.some(Number.isNaN)).toBe(rows === 0);
    const found = train(made);
    expect(found.map((value, at) => Object.is(value, wanted[at]) || Math.abs(value - wanted[at]!) < 1e-6)).toEqual(
      wanted.map(() => true),
    );
  });

  test('a step count in a variable changes with each call', () => {
    const count = variable(tensor(0));
    const step = made((a: Tensor) => {
      count.assign(count.add(1));
      return a.mul(count).sum();
    });
    expect([step(x).item(), step(x).item(), step(x).item()]).toEqual([6, 12, 18]);
  });

  test('a network has the same losses as eagerly, at each step', () => {
    const labels = tensor([0, 1, 2, 1], { dtype: 'int32' }) as Tensor;
    const rows = tensor([
      [1, 2],
      [3, -1],
      [-2, 0.5],
      [0, 1],
    ]) as Tensor;
    const w = variable(
      tensor([
        [0.1, -0.2, 0.3],
        [0.05, 0.2, -0.1],
      ]),
    ) as Variable;
    const b = variable(tensor([0, 0, 0])) as Variable;
    const step = made((input: Tensor, target: Tensor) => {
      const scores = input.matmul(w).add(b).tanh();
      const shifted = scores.sub(scores.max(1, { keepdims: true }).detach());
      const likelihoods = shifted.sub(shifted.exp().sum(1, { keepdims: true }).log());
      const loss = likelihoods.mul(oneHotOf(target)).sum(1).mean().neg();
      const slopes = gradients(loss, { w, b });
      for (const [name, parameter] of Object.entries({ w, b })) {
        parameter.assign(parameter.sub(slopes[name as 'w' | 'b'].mul(0.5)));
      }
      return loss;
    });
    const oneHotOf = (target: Tensor): Tensor => oneHot(target, 3);
    const losses = Array.from({ length: 5 }, () => step(rows, labels).item());
    // −mean(log softmax(tanh(x·w))) at the labels, computed in float64 with NumPy.
    expect(losses[0]).toBeCloseTo(1.4316263184452396, 6);
    expect(losses[4]).toBeLessThan(losses[0]! * 0.85);
    recordedLosses.push(losses);
    for (const [at, loss] of losses.entries()) expect(loss).toBeCloseTo(recordedLosses[0]![at]!, 5);
  });
});

const recordedLosses: number[][] = [];

describe('compile', () => {
  test.each<[unknown, string]>([
    [3, '3 at result'],
    [{ loss: x, accuracy: 0.5 }, '0.5 at result.accuracy'],
    [[x, { deep: [true] }], 'true at result[1].deep[0]'],
    [{ name: 'sum' }, 'sum at result.name'],
    [null, 'null at result'],
    [new Map([['x', x]]), 'an object of Map at result'],
    [{ size: (): number => 3 }, 'at result.size'],
  ])('refuses a result with anything but tensors: %#', (result, what) => {
    const step = compile(() => result as Tensor, wasm);
    expect(() => step()).toThrow(DTypeError);
    expect(() => step()).toThrow(what);
    expect(() => step()).toThrow(/^A compiled function returns tensors, .*Return a tensor, or compute it outside\.$/s);
  });

  test('says what to write when the backend or the function is missing', () => {
    expect(() => compile((a: Tensor) => a, undefined as never)).toThrow(
      'compile: expected a backend as second argument, got undefined. ' +
        "Write compile(step, wasm), with wasm from '@nn/tensor/wasm'.",
    );
    expect(() => compile(x as never, wasm)).toThrow(
      'compile: expected a function of tensors, got an object of Tensor. Write compile((x) => x.mul(2), wasm).',
    );
    expect(() => wasm(undefined as never)).toThrow(
      'wasm: expected settings, got none. Write compile(step, wasm), or wasm({ threads: threads(2) }).',
    );
  });

  test('says why the result of a compiled function has no gradient', () => {
    const watched = watch(x);
    const loss = compile((a: Tensor) => a.mul(a).sum(), wasm)(watched);
    expect(() => gradients(loss, watched)).toThrow(
      'gradients: the loss, shape [], was not computed from a variable or a watched tensor. ' +
        'Write x = watch(x) before computing with it. No gradient flows through the result of a compiled function: ' +
        'call gradients inside it.',
    );
  });

  test.each([reference, wasm])('refuses arguments that are not tensors', (backend) => {
    const sum = compile((a: Tensor) => a.add(1), backend);
    expect(() => sum([1, 2] as never)).toThrow('expected a tensor');
  });

  test('shows its program and its loops', () => {
    const step = compile((a: Tensor) => a.exp().mul(2), wasm);
    expect(step.program(x).toString()).toBe(
      [
        '%0 = input float32[3]',
        '%1 = exp(%0) float32[3]',
        '%2 = constant 2 float32[]',
        '%3 = mul(%1, %2) float32[3]',
        'return %3',
      ].join('\n'),
    );
    expect(disassemble(step, x)).toMatch(/memory: \d+ bytes.*\n0: over \[3\]: @\d+ = mul\(exp\(@\d+\[1\]\), 2\)/);
  });

  test('a backend without a listing names one that has it', () => {
    const silent: Backend = (program) => ({ ...reference(program), disassembly: undefined });
    expect(
      disassemble(
        compile((a: Tensor) => a.exp(), silent),
        x,
      ),
    ).toBe("This backend has no listing. Compile with wasm from '@nn/tensor/wasm' to see the loops of the program.");
  });

  test('a listing shows the size of row blocks', () => {
    const centred = compile((rows: Tensor) => rows.sub(rows.max(1, { keepdims: true })), wasm);
    // Sixteen rows of two times a thousand numbers are more than the fastest cache holds, and the fewest there are.
    expect(disassemble(centred, zeros([500, 1000]))).toContain('0: 500 rows, 16 at a time\n   over [500, 1000]: @');
  });

  test.each([reference, wasm])(
    'reading numbers is refused with a word about compile, and changes nothing',
    (backend) => {
      const w = variable(tensor([1, 2, 3])) as Variable;
      const step = compile((a: Tensor) => {
        w.assign(w.add(a));
        return a.add(a.max().item());
      }, backend);
      for (const call of [
        () => step(x),
        () => runSteps(step, 3, x),
        () => runBatches(step, x.expandDims(0) as Tensor),
      ]) {
        expect(call).toThrow(/compile traces/);
      }
      expect(String(w)).toBe('[1. 2. 3.]');
    },
  );

  test.each([reference, wasm])('an error after an assignment changes no variable', (backend) => {
    const w = variable(tensor([1, 2, 3])) as Variable;
    let failing = true;
    const step = compile((a: Tensor) => {
      w.assign(w.add(a));
      if (failing) throw new RangeError('enough');
    }, backend);
    expect(() => step(x)).toThrow('enough');
    expect(String(w)).toBe('[1. 2. 3.]');
    failing = false;
    step(x);
    expect(String(w)).toBe('[2. 4. 6.]');
  });

  test.each([reference, wasm])(
    'a JavaScript number is a constant of the program: later changes have no effect',
    (backend) => {
      let rate = 2;
      const step = compile((a: Tensor) => a.mul(rate), backend);
      step(x);
      rate = 10;
      expect(String(step(x))).toBe('[2. 4. 6.]');
      // Another shape is traced again.
      expect(String(step(tensor([1])))).toBe('[10.]');
    },
  );

  test('values that are not live at the same time share memory', () => {
    const long = (a: Tensor): Tensor => Array.from({ length: 50 }).reduce((value: Tensor) => value.matmul(a).tanh(), a);
    const bytes = (length: number): number => {
      const step = compile(
        (a: Tensor) => Array.from({ length }).reduce((value: Tensor) => value.matmul(a).tanh(), a),
        wasm,
      );
      return Number(/memory: (\d+) bytes/.exec(disassemble(step, square))![1]);
    };
    const square = tensor(Array.from({ length: 32 }, () => Array.from({ length: 32 }, () => 0.01))) as Tensor;
    expect(bytes(50)).toBeLessThanOrEqual(bytes(4));
    expect(compile(long, wasm)(square).data.every(Number.isFinite)).toBe(true);
  });

  test('kernels over the same number of rows run in one group', () => {
    const tall: Tensor = ones([400, 3]).mul(tensor([1, 2, 3]));
    const halves = (a: Tensor): Tensor[] => [
      concat([a.slice([0, 200]), a.slice([100, 300])]),
      concat([a.slice([200, 400], [1]), a.slice([0, 200], [1])]),
    ];
    expect(compile(halves, wasm)(tall).map(({ data }) => [...data])).toEqual(halves(tall).map(({ data }) => [...data]));
  });

  test('a result is computed in place if nothing else reads its input', () => {
    const matrix: Tensor = ones([300, 64]);
    const bytes = (step: (a: Tensor) => Tensor): number =>
      Number(/memory: (\d+) bytes/.exec(disassemble(compile(step, wasm), matrix))![1]);
    const share = (a: Tensor): Tensor => {
      const powers = a.exp();
      return powers.div(powers.sum(1, { keepdims: true }));
    };
    // The exponentials are replaced by the probabilities.
    expect(bytes(share)).toBeLessThan(bytes((a) => a.exp()) + 300 * 64 * 4);
    // Here the input is read later.
    const both = (a: Tensor): Tensor => share(a).matmul(a.exp().T.slice([], [0, 64]));
    // And here wider elements would overwrite elements that are read later.
    const wider = (a: Tensor): Tensor => a.mul(3).reshape([19200]).slice([0, 9600]).cast('float64').add(0.5);
    expect([...compile(wider, wasm)(matrix).data]).toEqual([...wider(matrix).data]);
    for (const step of [share, both]) expect(compile(step, wasm)(matrix).data[0]).toBeCloseTo(step(matrix).data[0]!, 5);
  });

  test.each([reference, wasm])(
    'chains of thousands of steps, and their gradients, do not exhaust the stack',
    (backend) => {
      const chain = (a: Tensor): Tensor =>
        Array.from({ length: 3000 }).reduce((value: Tensor) => value.mul(0.999).tanh(), a);
      const slopes = (a: Tensor): Tensor => {
        const followed = watch(a);
        return gradients(chain(followed).sum(), followed);
      };
      expect(compile(chain, backend)(x).data.every((value, at) => Math.abs(value - chain(x).data[at]!) < 1e-6)).toBe(
        true,
      );
      expect(compile(slopes, backend)(x).data.every((value, at) => Math.abs(value - slopes(x).data[at]!) < 1e-6)).toBe(
        true,
      );
    },
  );

  test('a traced function lists its variables', () => {
    const w = variable(tensor([1]), { name: 'weight' }) as Variable;
    const { reads, writes } = trace((a: Tensor) => w.assign(w.add(a)), [{ shape: [1], dtype: 'float32' }]);
    expect(reads.map(({ name }) => name)).toEqual(['weight']);
    expect(writes.map(({ name }) => name)).toEqual(['weight']);
  });
});
