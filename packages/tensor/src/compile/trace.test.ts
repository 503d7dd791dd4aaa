import { describe, expect, test } from 'vitest';
import { runProgram, outputsOf } from '../../test/run-program.ts';
import {
  concat,
  DTypeError,
  gradients,
  logSumExp,
  oneHot,
  type Tensor,
  tensor as literal,
  variable,
  watch,
} from '../index.ts';
import { reference } from '../reference/interpreter.ts';
import { tracing } from '../tensor.ts';
import { showProgram } from './program.ts';
import { type Signature, trace, type Traced } from './trace.ts';

const tensor = (values: Parameters<typeof literal>[0]): Tensor => literal(values) as unknown as Tensor;
const parameter = (values: Parameters<typeof literal>[0], name: string): ReturnType<typeof variable> =>
  variable(tensor(values), { name }) as ReturnType<typeof variable>;
const float32 = (...shape: number[]): Signature => ({ shape, dtype: 'float32' });

/** Whether a list has exactly one element, which satisfies a condition. */
const isOnly =
  (one: unknown) =>
  (list: readonly unknown[]): boolean =>
    list.length === 1 && list[0] === one;

/** Runs the program by the reference and returns its outputs. */
function outputs(traced: Traced<unknown>, args: readonly Tensor[]): number[][] {
  const inputs = [...args, ...traced.reads].map((x) => x.elements());
  return runProgram(reference(traced.program), traced.program, inputs).map((numbers) => [...numbers]);
}

describe('a traced function', () => {
  test('is recorded in order: arguments, variables, constants, operations', () => {
    const w = parameter([1, 2, 3], 'w');
    const { program } = trace((x: Tensor) => x.mul(w).add(0.5).sum(0), [float32(2, 3)]);
    expect(showProgram(program)).toBe(
      [
        '%0 = input float32[2, 3]',
        '%1 = input float32[3]',
        '%2 = mul(%0, %1) float32[2, 3]',
        '%3 = constant 0.5 float32[]',
        '%4 = add(%2, %3) float32[2, 3]',
        '%5 = sum(%4) {"axes":[0],"keepdims":false} float32[3]',
        'return %5',
      ].join('\n'),
    );
  });

  test('includes its gradients and assignments', () => {
    const w = parameter([1, 2], 'w');
    const { program, reads, writes } = trace(
      (x: Tensor) => {
        const loss = x.mul(w).sum();
        w.assign(w.sub(gradients(loss, w)));
        return loss;
      },
      [float32(2)],
    );
    expect(reads).toSatisfy(isOnly(w));
    expect(writes).toSatisfy(isOnly(w));
    expect(showProgram(program)).toBe(
      [
        '%0 = input float32[2]',
        '%1 = input float32[2]',
        '%2 = mul(%0, %1) float32[2]',
        '%3 = sum(%2) {"axes":[0],"keepdims":false} float32[]',
        // ∂loss/∂loss, expanded
        '%4 = constant float32[2]',
        '%5 = mul(%4, %0) float32[2]',
        '%6 = sub(%1, %5) float32[2]',
        'return %3, %6',
      ].join('\n'),
    );
    expect(program.carried).toEqual([[1, 1]]);
  });

  test('omits operations that no result depends on', () => {
    const { program } = trace(
      (x: Tensor) => {
        x.exp().sum();
        return x.neg();
      },
      [float32(2)],
    );
    expect(showProgram(program)).toBe('%0 = input float32[2]\n%1 = neg(%0) float32[2]\nreturn %1');
  });

  test('has no node for operations that only change how gradients flow', () => {
    const w = parameter([1, 2], 'w');
    const { program } = trace(
      (x: Tensor) => {
        const power = x.exp();
        w.assign(power);
        return [power.detach(), watch(power.detach()).neg(), watch(x), x.detach()];
      },
      [float32(2)],
    );
    expect(showProgram(program)).toBe(
      [
        '%0 = input float32[2]',
        '%1 = input float32[2]',
        '%2 = exp(%0) float32[2]',
        '%3 = neg(%2) float32[2]',
        'return %2, %3, %0, %0, %2',
      ].join('\n'),
    );
  });

  test('has one node for a value that is used twice', () => {
    const { program } = trace(
      (x: Tensor) => {
        const power = x.exp();
        return [power, power, power.mul(power)];
      },
      [float32(2)],
    );
    expect(program.nodes.filter(({ kind }) => kind === 'applied')).toHaveLength(2);
    expect(program.outputs).toEqual([1, 1, 2]);
  });

  test('holds captured numbers and tensors as constants, and folds operations on constants', () => {
    let rate = 2;
    const fixed = tensor([1, 2]);
    const traced = trace((x: Tensor) => x.mul(fixed.add(rate)), [float32(2)]);
    rate = 100;
    expect(outputs(traced, [tensor([1, 1])])).toEqual([[3, 4]]);
    // One constant, [3, 4], and no addition is left.
    expect(traced.program.nodes.map((node) => node.kind)).toEqual(['input', 'constant', 'applied']);
  });

  test('reads the old value of a variable before an assignment and the new one after it', () => {
    const w = parameter([1, 2], 'w');
    const traced = trace(
      (x: Tensor) => {
        const before = w.add(x);
        w.assign(before.mul(10));
        const after = w.add(x);
        w.assign(tensor([7, 8]));
        return [before, after, w.add(0)];
      },
      [float32(2)],
    );
    expect(outputs(traced, [tensor([1, 1])])).toEqual([
      [2, 3],
      [21, 31],
      [7, 8],
      [7, 8],
    ]);
    // The variable itself has not changed.
    expect(w.toArray()).toEqual([1, 2]);
  });

  test('may create variables', () => {
    const made: ReturnType<typeof variable>[] = [];
    const traced = trace(
      (x: Tensor) => {
        made.push(parameter([1, 1], 'momentum'));
        made[0]!.assign(made[0]!.add(x));
        return made[0]!.mul(2);
      },
      [float32(2)],
    );
    expect(traced.writes).toSatisfy(isOnly(made[0]!));
    expect(outputs(traced, [tensor([1, 2])])).toEqual([
      [4, 6],
      [2, 3],
    ]);
  });

  test('chains of 10,000 operations do not overflow the stack', () => {
    const traced = trace(
      (x: Tensor) => Array.from({ length: 10_000 }).reduce((value: Tensor) => value.add(1), x),
      [float32(1)],
    );
    expect(outputs(traced, [tensor([1])])).toEqual([[10_001]]);
  });
});

describe('while a function is traced', () => {
  const w = parameter([1, 2], 'w');

  test.each<[string, (x: Tensor) => unknown]>([
    ['item', (x) => x.sum().item()],
    ['data', (x) => x.data],
    ['toArray', (x) => x.toArray()],
    ['toString', (x) => String(x)],
    ['item of what a variable makes', () => w.sum().item()],
    ['data of a variable', () => w.data],
    ['data of an assigned variable', (x) => (w.assign(x), w.data)],
  ])('elements cannot be read by %s: the error names compile', (_, read) => {
    expect(() => trace(read, [float32(2)])).toThrow(DTypeError);
    expect(() => trace(read, [float32(2)])).toThrow(
      /^The numbers of this tensor, shape \[2?\], are not known while compile traces/,
    );
    // The next function can be traced.
    expect(trace((x: Tensor) => x.add(w), [float32(2)]).reads).toSatisfy(isOnly(w));
    expect(w.toArray()).toEqual([1, 2]);
  });

  test('constants can be read', () => {
    const traced = trace((x: Tensor) => x.mul(tensor([1, 2]).sum().item()), [float32(2)]);
    expect(outputs(traced, [tensor([1, 1])])).toEqual([[3, 3]]);
  });

  test('an error changes no variable and ends the trace', () => {
    const step = (x: Tensor): void => {
      w.assign(w.add(x));
      throw new RangeError('enough');
    };
    expect(() => trace(step, [float32(2)])).toThrow('enough');
    expect(w.toArray()).toEqual([1, 2]);
    expect(w.add(1).toArray()).toEqual([2, 3]);
    w.assign(tensor([3, 4]));
    expect(w.toArray()).toEqual([3, 4]);
    w.assign(tensor([1, 2]));
  });

  test('another function may not be traced', () => {
    const inner = (): unknown => trace((x: Tensor) => x, [float32(1)]);
    expect(() => trace(inner, [])).toThrow(
      'A traced function may not be traced inside another. Call the plain function there instead.',
    );
    expect(() => tracing({ read: () => w, assign: () => undefined, check: () => undefined }, inner)).toThrow(
      DTypeError,
    );
    expect(() => inner()).not.toThrow();
  });

  test('asynchronous functions are refused', () => {
    expect(() => trace(async (x: Tensor) => x.add(1), [float32(1)])).toThrow(
      'A compiled function returned a promise: operations after an await are not seen. ' +
        'Wait for data outside, and pass it as arguments.',
    );
  });

  test('a placeholder of an earlier trace is refused', () => {
    const kept: Tensor[] = [];
    trace((x: Tensor) => void kept.push(x, x.exp()), [float32(2)]);
    for (const one of kept) {
      expect(() => trace((x: Tensor) => x.add(one), [float32(2)])).toThrow(
        'A traced function used a tensor, shape [2], that stood for an argument while another call was traced. ' +
          'Keep values between calls in a Variable.',
      );
      expect(() => one.add(1).data).toThrow(DTypeError);
    }
  });

  test('labels are checked when they are known, the dtype at once', () => {
    expect(() => trace((x: Tensor) => oneHot(x, 3), [float32(2)])).toThrow(DTypeError);
    const traced = trace((labels: Tensor) => oneHot(labels, 3), [{ shape: [2], dtype: 'int32' }]);
    expect(outputs(traced, [literal([2, 0], { dtype: 'int32' }) as unknown as Tensor])).toEqual([[0, 0, 1, 1, 0, 0]]);
  });
});

test('a training step has the same bits eagerly and compiled by the reference', () => {
  const rows = tensor([
    [1, 2],
    [3, -1],
    [-2, 0.5],
    [0, 1],
  ]);
  const labels = literal([0, 1, 2, 1], { dtype: 'int32' }) as unknown as Tensor;
  const make = () => ({
    w1: parameter(
      [
        [0.1, -0.2, 0.3, 0.7],
        [0.05, 0.2, -0.1, -0.4],
      ],
      'w1',
    ),
    b1: parameter([0, 0.1, 0, -0.1], 'b1'),
    w2: parameter(
      [
        [0.3, -0.2, 0.1],
        [0.2, 0.4, -0.3],
        [-0.1, 0.2, 0.6],
        [0.5, -0.5, 0.1],
      ],
      'w2',
    ),
    b2: parameter([0, 0, 0.1], 'b2'),
    momentum: parameter([0, 0, 0], 'momentum'),
  });
  const stepOf =
    ({ w1, b1, w2, b2, momentum }: ReturnType<typeof make>) =>
    (x: Tensor, y: Tensor): Tensor => {
      const hidden = x.matmul(w1).add(b1).maximum(0);
      const logits = concat([hidden, hidden.mul(0)], 1)
        .slice([], [0, 4])
        .matmul(w2)
        .add(b2);
      const logarithms = logits.sub(logSumExp(logits, 1, { keepdims: true }));
      const loss = logarithms.gather(y.expandDims(1), 1).mean().neg();
      const slopes = gradients(loss, { w1, b1, w2, b2 });
      momentum.assign(momentum.mul(0.9).sub(slopes.b2.mul(0.1)));
      w1.assign(w1.sub(slopes.w1.mul(0.1)));
      b1.assign(b1.sub(slopes.b1.mul(0.1)));
      w2.assign(w2.sub(slopes.w2.mul(0.1)));
      b2.assign(b2.add(momentum));
      return loss;
    };

  const [eager, twin] = [make(), make()];
  const step = stepOf(eager);
  const traced = trace(stepOf(twin), [
    { shape: [4, 2], dtype: 'float32' },
    { shape: [4], dtype: 'int32' },
  ]);
  const executable = reference(traced.program);
  [rows, labels, ...traced.reads].forEach((input, at) => executable.input(at).set(input.data));

  const losses: number[] = [];
  for (let round = 0; round < 10; round++) {
    losses.push(step(rows, labels).item());
    executable.run(1);
    const found = outputsOf(executable, traced.program);
    expect([...found[0]!]).toEqual([losses.at(-1)]);
    for (const [at, { name }] of traced.writes.entries()) {
      const own = eager[name as keyof typeof eager];
      expect([name, [...found[1 + at]!]]).toEqual([name, [...own.data]]);
    }
  }
  expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  expect(traced.writes.map(({ name }) => name).toSorted()).toEqual(['b1', 'b2', 'momentum', 'w1', 'w2']);
});

test('arguments can be watched in a traced function', () => {
  const traced = trace(
    (x: Tensor) => {
      const followed = watch(x);
      const first = gradients(followed.pow(3).sum(), followed);
      return [first, gradients(first.sum(), followed)];
    },
    [float32(2)],
  );
  expect(outputs(traced, [tensor([1, 2])])).toEqual([
    [3, 12],
    [6, 12],
  ]);
});
