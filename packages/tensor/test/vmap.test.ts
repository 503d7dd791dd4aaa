import { describe, expect, test } from 'vitest';
import {
  checkValues,
  compile,
  concat,
  DTypeError,
  gradients,
  jacobian,
  oneHot,
  ShapeError,
  stack,
  stepRandom,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
} from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { apply } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';
import { tensorWithLayout } from './layouts.ts';
import { mismatches } from './mismatches.ts';
import { type SampleInput, samples } from './samples.ts';

const all = Object.entries(operations) as [keyof typeof operations, Operation][];
const count = 3;

/** The input of one entry: the values of the sample, shifted. */
function entryOf(input: SampleInput, entry: number): Tensor {
  const { values } = input;
  const shifted = values.map((_, at) => values[(at + entry) % values.length]!);
  return tensorWithLayout({ ...input, values: shifted }, input.dtype ?? 'float64', 'contiguous', undefined);
}

/** Which inputs have entries: every choice of at least one. */
const choices = (inputs: number): readonly (readonly boolean[])[] =>
  Array.from({ length: 2 ** inputs - 1 }, (_, bits) =>
    Array.from({ length: inputs }, (_unused, at) => ((bits + 1) >> at) % 2 === 1),
  );

type Run = (...inputs: Tensor[]) => readonly Tensor[];

/** Where vmap differs from a loop over the entries, eager and compiled. */
function differences(run: Run, inputs: readonly SampleInput[]): unknown[] {
  return choices(inputs.length).flatMap((mapped) => {
    const axes = mapped.map((own) => (own ? 0 : null));
    const entries = Array.from({ length: count }, (_, entry) =>
      inputs.map((input, at) => entryOf(input, mapped[at] ? entry : 0)),
    );
    const args = inputs.map((_, at) =>
      mapped[at] ? stack(entries.map((one) => one[at]!)) : entries[0]![at]!,
    ) as Tensor[];
    const each = entries.map((one) => run(...one));
    const wanted = each[0]!.map((_, at) => stack(each.map((one) => one[at]!)) as Tensor);
    const many = vmap(run as (...tensors: Tensor[]) => readonly Tensor[], axes) as unknown as Run;
    return [many(...args), compile(many, wasm)(...args)].flatMap((got) =>
      got.flatMap((own, at) => {
        expect([own.shape, own.dtype]).toEqual([wanted[at]!.shape, wanted[at]!.dtype]);
        const found = mismatches(own.data, wanted[at]!.data, 2 ** 12);
        return found.length === 0 ? [] : [{ axes, at, found }];
      }),
    );
  });
}

describe('vmap does for all entries what a function does for one:', () => {
  test.each(all)('%s', (name, operation) => {
    const found = samples[name].flatMap(({ inputs, settings }) =>
      differences((...tensors) => [apply(operation, tensors, settings as never)], inputs),
    );
    expect(found).toEqual([]);
  });

  const differentiable = all.filter(([, operation]) => operation.derivative !== undefined);

  test.each(differentiable)('the gradient of %s', (name, operation) => {
    const found = samples[name].flatMap(({ inputs, settings }) => {
      const gradient: Run = (...tensors) => {
        const given = tensors.map((one) => (one.dtype === 'float64' ? watch(one) : one));
        const output = apply(operation, given, settings as never);
        return gradients(
          output.mul(output).sum().add(output.sum()),
          given.filter(({ dtype }) => dtype === 'float64'),
        );
      };
      return differences(gradient, inputs);
    });
    expect(found).toEqual([]);
  });
});

const pair = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('vmap', () => {
  test('runs the function once', () => {
    let runs = 0;
    vmap((x: Tensor) => (runs++, x.mul(2)))(pair);
    expect(runs).toBe(1);
  });

  test('maps over any axis of each argument, and returns the entries along any axis', () => {
    const add = (a: Tensor, b: Tensor): Tensor => a.add(b);
    const got = vmap(add, [1, -1], { outAxis: 1 })(
      pair,
      tensor([
        [10, 20, 30],
        [40, 50, 60],
      ]),
    );
    expect(got.toArray()).toEqual([
      [11, 22, 33],
      [44, 55, 66],
    ]);
    expect(vmap((x: Tensor) => x.sum(), [1])(pair).toArray()).toEqual([5, 7, 9]);
  });

  test('maps records and arrays of tensors, with an axis for all or for each', () => {
    const f = ({ w, b }: { readonly w: Tensor; readonly b: readonly [Tensor] }): { readonly y: Tensor } => ({
      y: w.mul(b[0]).sum(),
    });
    const b = [tensor([1, 10])] as const;
    expect(vmap(f)({ w: pair, b }).y.toArray()).toEqual([6, 150]);
    expect(vmap(f, [{ w: 0, b: [null] }])({ w: pair, b: [tensor([1, 0, 1])] }).y.toArray()).toEqual([4, 10]);
  });

  test('inside vmap maps over two axes', () => {
    const product = (a: Tensor, b: Tensor): Tensor => a.mul(b).sum();
    const table = vmap((a: Tensor) => vmap((b: Tensor) => product(a, b))(pair))(pair);
    expect(table.toArray()).toEqual(pair.matmul(pair.T).toArray());
    const compiled = compile((x: Tensor) => vmap((a: Tensor) => vmap((b: Tensor) => product(a, b))(x))(x), wasm);
    expect(compiled(pair).toArray()).toEqual(pair.matmul(pair.T).toArray());
  });

  test('reads variables and tensors from outside, which all entries share, and their gradients are sums', () => {
    const w = variable(tensor([1, 10, 100]));
    const scale = tensor(2);
    const total = (): Tensor => vmap((x: Tensor) => x.mul(w).sum().mul(scale))(pair) as Tensor;
    expect(total().toArray()).toEqual([642, 1308]);
    expect(gradients(total().sum(), w).toArray()).toEqual([10, 14, 18]);
    expect(compile(() => gradients(total().sum(), w), wasm)().toArray()).toEqual([10, 14, 18]);
  });

  test('gives results that do not depend on the entry once per entry', () => {
    expect(vmap((x: Tensor) => [x, tensor(7)] as const)(tensor([1, 2]))[1].toArray()).toEqual([7, 7]);
  });

  test('takes gradients inside, of shared variables for each entry', () => {
    const w = variable(tensor([1, 1, 1]));
    const each = vmap((x: Tensor) => gradients(x.mul(w).sum(), w))(pair);
    expect(each.toArray()).toEqual(pair.toArray());
  });

  test('keeps gradients from flowing through detach', () => {
    const x = watch(tensor([2, 3]));
    const total = vmap((one: Tensor) => one.detach().mul(one))(x).sum();
    expect(gradients(total, x).toArray()).toEqual([2, 3]);
  });

  test('draws the same numbers for all entries, and moves the generator on once', () => {
    const random = stepRandom(3);
    const draws = vmap((x: Tensor) => random.uniform([2]).mul(x))(tensor([1, 1]));
    const [first, second] = draws.toArray() as readonly unknown[];
    expect(first).toEqual(second);
    const other = stepRandom(3);
    expect(other.uniform([2]).toArray()).toEqual(first);
    expect(other.uniform([2]).toArray()).toEqual(random.uniform([2]).toArray());
  });

  test.each([
    ['step by step', (f: (x: Tensor) => Tensor) => f],
    ['compiled', (f: (x: Tensor) => Tensor) => compile(f, wasm)],
  ])('refuses the values that the function refuses, %s', (_, ways) => {
    const log = (x: Tensor): Tensor => {
      checkValues('log', x.greater(0), [x], (at, [given]) => new RangeError(`${at}: ${given!.data[at]}`));
      return x.log();
    };
    const many = ways((x: Tensor) => vmap(log)(x) as Tensor);
    expect(many(pair).toArray()).toEqual(pair.log().toArray());
    expect(() =>
      many(
        tensor([
          [1, 2],
          [3, -4],
        ]),
      ),
    ).toThrow(new RangeError('1: -4'));
    const labels = ways((x: Tensor) => vmap((one: Tensor) => oneHot(one, 3))(x) as Tensor);
    expect(() =>
      labels(
        tensor(
          [
            [0, 1],
            [2, 3],
          ],
          { dtype: 'int32' },
        ),
      ),
    ).toThrow('row 1 has label 3');
  });

  test('gives the Jacobian of a function over entries', () => {
    const square = (x: Tensor): Tensor => x.mul(x);
    const each = vmap((x: Tensor) => jacobian(square, x))(pair);
    expect(each.shape).toEqual([2, 3, 3]);
    expect(each.slice(1).toArray()).toEqual([
      [8, 0, 0],
      [0, 10, 0],
      [0, 0, 12],
    ]);
  });

  test('of no entries has no results, and their shapes', () => {
    const none = vmap((x: Tensor) => x.sum())(concat([pair]).slice([0, 0]));
    expect(none.shape).toEqual([0]);
  });
});

describe('vmap refuses', () => {
  const add = (a: Tensor, b: Tensor): Tensor => a.add(b);

  test('arguments with different numbers of entries', () => {
    expect(() => vmap(add)(pair, tensor([1, 2, 3]))).toThrow(
      new ShapeError(
        'vmap: argument 1, shape [3], has 3 entries along axis 0, but argument 0 has 2. ' +
          'Write null for the axis of what all entries share.',
      ),
    );
  });

  test('scalars, axes out of range, and another number of axes than arguments', () => {
    expect(() => vmap(add)(pair, tensor(1))).toThrow(
      new ShapeError('vmap: argument 1 is a scalar and has no axis of entries. Write null for its axis.'),
    );
    expect(() => vmap(add, [2, 0])(pair, pair)).toThrow(ShapeError);
    expect(() => vmap(add, [0] as never)(pair, pair)).toThrow('expected one axis for each of 2 arguments, got 1');
  });

  test('arguments of which none has entries', () => {
    expect(() => vmap(add, [null, null])(pair, pair)).toThrow(
      new DTypeError('vmap: no argument has entries: every axis is null. Give the axis of at least one.'),
    );
  });

  test('numbers instead of tensors, as arguments and as results', () => {
    expect(() => vmap(add)(pair, 2 as never)).toThrow(DTypeError);
    expect(() => vmap((x: Tensor) => x.rank)(pair)).toThrow('A function of vmap returns tensors');
  });

  test('to assign a variable a value that differs between entries, and leaves the variable as it is', () => {
    const total = variable(tensor(0), { name: 'total' });
    const f = (x: Tensor): Tensor => {
      total.assign(x.sum() as Tensor as Tensor<[]>);
      return x;
    };
    expect(() => vmap(f)(pair)).toThrow(
      new DTypeError(
        'vmap: total cannot be assigned a value that differs between the 2 entries. Return the value, and assign it outside.',
      ),
    );
    expect(() => compile((x: Tensor) => vmap(f)(x) as Tensor, wasm)(pair)).toThrow(DTypeError);
    expect(total.item()).toBe(0);
  });

  test('to read numbers inside, and works again after it has thrown', () => {
    expect(() => vmap((x: Tensor) => tensor(x.item()))(tensor([1, 2]))).toThrow(DTypeError);
    expect(vmap((x: Tensor) => x.mul(2))(tensor([1, 2])).toArray()).toEqual([2, 4]);
  });
});
