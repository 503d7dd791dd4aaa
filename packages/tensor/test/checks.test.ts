import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { trace } from '../src/compile/trace.ts';
import { fuse } from '../src/loops/fuse.ts';
import {
  checkValues,
  compile,
  disassemble,
  DTypeError,
  fromTypedArray,
  oneHot,
  ones,
  runBatches,
  runSteps,
  ShapeError,
  stack,
  type Tensor,
  tensor,
  variable,
  type Variable,
  zeros,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['by the reference', reference],
  ['as wasm', wasm],
  ['by threads', wasm({ threads: threadsInSmallChunks(2) })],
];

/** Refuses numbers that are not positive. */
function checkPositive(x: Tensor): void {
  checkValues('root', x.greater(0), [x], (at, [given]) => {
    return new RangeError(`root: x must be positive, got ${given!.data[at]} at ${at}. Add a constant.`);
  });
}

/** What is thrown, as text with its class. */
function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}

test('a check refuses at once outside compiled functions', () => {
  expect(() => checkPositive(tensor([1, 2]))).not.toThrow();
  expect(thrown(() => checkPositive(tensor([1, -2, -3])))).toBe(
    'RangeError: root: x must be positive, got -2 at 1. Add a constant.',
  );
  expect(() => checkValues('root', tensor([1]), [], () => new RangeError('no'))).toThrow(DTypeError);
});

describe.each(backends)('%s', (_, backend) => {
  const numbers = (...values: number[]): Tensor => tensor(values) as Tensor;

  test.each([1, 3, 4, 5, 8, 130])('the first wrong element of %i is named, wherever it stands', (length) => {
    const step = compile((x: Tensor) => {
      checkPositive(x);
      return x.sqrt();
    }, backend);
    const good = Float32Array.from({ length }, (__, at) => at + 1);
    expect(step(fromTypedArray(good, [length])).data).toEqual(good.map(Math.sqrt));
    for (let wrong = 0; wrong < length; wrong++) {
      const x = fromTypedArray(good.with(wrong, -7).with(length - 1, -7), [length]) as Tensor;
      expect(thrown(() => step(x))).toBe(`RangeError: root: x must be positive, got -7 at ${wrong}. Add a constant.`);
    }
    expect(step(fromTypedArray(good, [length])).data).toEqual(good.map(Math.sqrt));
  });

  test('a check runs though nothing depends on it', () => {
    const step = compile((x: Tensor, y: Tensor) => {
      checkPositive(y.mul(2));
      return x.neg();
    }, backend);
    expect(String(step(numbers(1), numbers(1)))).toBe('[-1.]');
    expect(thrown(() => step(numbers(1), numbers(1, -3)))).toContain('got -6 at 1');
  });

  test('a check of variables, and one of nothing', () => {
    const w = variable(tensor([1, 2])) as Variable;
    const step = compile((x: Tensor) => {
      checkPositive(w);
      checkPositive(x.slice([0, 0]));
      w.assign(w.sub(x));
    }, backend);
    step(numbers(1, 1));
    expect(String(w)).toBe('[0. 1.]');
    expect(thrown(() => step(numbers(1, 1)))).toContain('got 0 at 0');
    expect(String(w)).toBe('[0. 1.]');
  });

  test('views, broadcast conditions and every dtype', () => {
    const step = compile((x: Tensor) => {
      checkPositive(x.T);
      checkPositive(x.slice([null, null, -1], [1, 2]));
      checkValues('root', x.slice(0).sum().greater(0).expand([3, 2]), [], (at) => new RangeError(`all, at ${at}`));
      return x.sum();
    }, backend);
    for (const dtype of ['float32', 'float64', 'int32', 'bool'] as const) {
      const rows = (...values: number[]): Tensor => tensor(values, { dtype }).reshape([2, 3]) as Tensor;
      expect(step(rows(1, 1, 1, 1, 1, 1)).item()).toBe(6);
      expect(thrown(() => step(rows(1, 0, 1, 1, 1, 1)))).toContain('got 0 at 2');
      expect(thrown(() => step(rows(1, 1, 1, 0, 1, 1)))).toContain('got 0 at 1');
    }
    expect(
      thrown(() =>
        step(
          tensor([
            [2, 1, -4],
            [1, 9, 9],
          ]) as Tensor,
        ),
      ),
    ).toContain('got -4 at 4');
    expect(
      thrown(() =>
        step(
          tensor([
            [2, -4, 1],
            [1, 9, 9],
          ]) as Tensor,
        ),
      ),
    ).toContain('got -4 at 2');
  });

  test('of several checks the first that fails is reported', () => {
    const step = compile((x: Tensor) => {
      checkPositive(x);
      checkPositive(x.sub(1));
      return x;
    }, backend);
    expect(thrown(() => step(numbers(3, -1)))).toContain('got -1 at 1');
    expect(thrown(() => step(numbers(1, 3)))).toContain('got 0 at 0');
  });

  test('a check that fails leaves every variable as the last whole run left it', () => {
    for (const rows of [2, 3000]) {
      const filled = (value: number): Tensor => ones([rows]).mul(value) as Tensor;
      const written = variable(zeros([rows])) as Variable;
      const total = variable(zeros([rows])) as Variable;
      const checked = variable(zeros([rows])) as Variable;
      const step = compile((x: Tensor) => {
        written.assign(x.mul(3));
        total.assign(total.add(x));
        checkPositive(x);
        checked.assign(checked.add(x.mul(2)));
        return total.sum();
      }, backend);
      const state = (): number[] => [written, total, checked].map(({ data }) => data.at(-1)!);
      expect(() => step(filled(-1))).toThrow(RangeError);
      expect(state()).toEqual([0, 0, 0]);
      step(filled(1));
      expect(state()).toEqual([3, 1, 2]);
      expect(() => step(filled(-1))).toThrow(RangeError);
      expect(state()).toEqual([3, 1, 2]);
      step(filled(2));
      expect(state()).toEqual([6, 3, 6]);
      // The third of four batches is refused: two have run.
      const batches = stack([filled(1), filled(1), filled(-5), filled(1)]) as Tensor;
      expect(thrown(() => runBatches(step, batches))).toContain('got -5 at 0');
      expect(state()).toEqual([3, 5, 10]);
    }
  });

  test('many steps of one call stop at the step that is refused', () => {
    const left = variable(tensor([3])) as Variable;
    const step = compile((x: Tensor) => {
      checkPositive(left);
      left.assign(left.sub(x));
    }, backend);
    expect(thrown(() => runSteps(step, 10, numbers(1)))).toContain('got 0 at 0');
    expect(left.item()).toBe(0);
  });

  test('the values of a check keep until it runs, whatever is computed meanwhile', () => {
    // Without care the sums would stand where the values of the check are.
    const step = compile((x: Tensor) => {
      const values = x.mul(2).add(1);
      const other = values.exp().sum(0, { keepdims: true });
      checkValues('late', other.less(10).expand(x.shape), [values, x.sub(values)], (at, [one, two]) => {
        return new RangeError(`${one!.data[at]} ${two!.data[at]}`);
      });
      return other.add(values.sum(0)).neg();
    }, backend);
    expect(step(numbers(0, 0)).shape).toEqual([1]);
    expect(thrown(() => step(numbers(3, 4)))).toBe('RangeError: 7 -4');
  });

  test('labels that name no class are refused as step by step', () => {
    const step = compile((labels: Tensor) => oneHot(labels, 3), backend);
    const labels = (...values: number[]): Tensor => tensor(values, { dtype: 'int32' }) as Tensor;
    expect(String(step(labels(0, 2)))).toBe('[[1. 0. 0.]\n [0. 0. 1.]]');
    expect(() => step(labels(0, 3))).toThrow(ShapeError);
    for (const wrong of [labels(0, 3), labels(-1, 0), labels(2, 2, 2 ** 31 - 1)]) {
      expect(thrown(() => step(wrong))).toBe(thrown(() => oneHot(wrong, 3)));
    }
  });
});

test('a condition that is known while a function is traced is checked then, and takes no step', () => {
  const step = (x: Tensor, known: Tensor): Tensor => (checkPositive(known), x.neg());
  const signature = { shape: [2], dtype: 'float32' } as const;
  expect(() => trace((x: Tensor) => step(x, tensor([1, -1])), [signature])).toThrow('got -1 at 1');
  const { program } = trace((x: Tensor) => step(x, tensor([1, 1])), [signature]);
  expect(program.nodes.map(({ kind }) => kind)).toEqual(['input', 'applied']);
});

test('programs and listings show their checks', () => {
  const step = compile((x: Tensor) => (checkPositive(x), x.neg()), wasm);
  const x = tensor([1, 2]) as Tensor;
  expect(String(step.program(x)).split('\n')[3]).toBe('%3 = check(%2, %0) {"caller":"root"} bool[0]');
  expect(disassemble(step, x)).toMatch(/over \[2\]: root refuses where @\d+\[1\] is false/);
});

test('a condition is stored by one loop, and read by the check', () => {
  const { groups } = fuse(trace((x: Tensor) => checkPositive(x), [{ shape: [5], dtype: 'float32' }]).program);
  expect(groups.flatMap(({ parts }) => parts.map(({ kernel }) => kernel.kind))).toEqual(['map', 'check']);
});
