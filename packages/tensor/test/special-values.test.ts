import { describe, expect, test } from 'vitest';
import {
  concat,
  type DType,
  erf,
  gradients,
  logSumExp,
  oneHot,
  pad,
  ShapeError,
  split,
  stack,
  type Tensor,
  tensor as literal,
  type ReadonlyTypedArray,
  watch,
  where,
  zeros,
} from '../src/index.ts';

/** A tensor whose shape is unknown to the compiler. */
const tensor = (values: Parameters<typeof literal>[0], dtype?: DType): Tensor =>
  (dtype ? literal(values, { dtype }) : literal(values)) as unknown as Tensor;
const empty = (...shape: number[]): Tensor => zeros(shape);

const nan = NaN;
const inf = Infinity;
const least = -(2 ** 31);
const most = 2 ** 31 - 1;

// Oracles: IEEE 754 and, where it leaves a choice, NumPy.
describe.each(['float32', 'float64'] as const)('NaN, infinities and −0 in %s', (dtype) => {
  const of = (...values: number[]): Tensor => tensor(values, dtype);

  test.each<[string, (x: Tensor) => Tensor, number[], number[]]>([
    ['neg', (x) => x.neg(), [nan, inf, -inf, 0, -0], [nan, -inf, inf, -0, 0]],
    ['abs', (x) => x.abs(), [nan, inf, -inf, 0, -0], [nan, inf, inf, 0, 0]],
    ['sign', (x) => x.sign(), [nan, inf, -inf, 0], [nan, 1, -1, 0]],
    ['exp', (x) => x.exp(), [nan, inf, -inf, 0, -0, 1000, -1000], [nan, inf, 0, 1, 1, inf, 0]],
    ['log', (x) => x.log(), [nan, inf, -inf, 0, -0, -1, 1], [nan, inf, nan, -inf, -inf, nan, 0]],
    ['log1p', (x) => x.log1p(), [nan, inf, -1, -2, 0, -0], [nan, inf, -inf, nan, 0, -0]],
    ['expm1', (x) => x.expm1(), [nan, inf, -inf, 0, -0], [nan, inf, -1, 0, -0]],
    ['sqrt', (x) => x.sqrt(), [nan, inf, -1, 0, -0], [nan, inf, nan, 0, -0]],
    ['sin', (x) => x.sin(), [nan, inf, -inf, 0, -0], [nan, nan, nan, 0, -0]],
    ['cos', (x) => x.cos(), [nan, inf, -inf, 0], [nan, nan, nan, 1]],
    ['tanh', (x) => x.tanh(), [nan, inf, -inf, 0, -0, 1000, -1000], [nan, 1, -1, 0, -0, 1, -1]],
    ['erf', (x) => erf(x), [nan, inf, -inf, 0, -0], [nan, 1, -1, 0, -0]],
    ['floor', (x) => x.floor(), [nan, inf, -inf, -0, 0.5, -0.5], [nan, inf, -inf, -0, 0, -1]],
    ['ceil', (x) => x.ceil(), [nan, inf, -inf, 0.5, -0.5], [nan, inf, -inf, 1, -0]],
    ['round', (x) => x.round(), [nan, inf, -inf, 0.5, 1.5, 2.5, -0.5, -1.5], [nan, inf, -inf, 0, 2, 2, -0, -2]],
    ['sum', (x) => x.sum(), [nan, inf, 1], [nan]],
    ['sum of opposite infinities', (x) => x.sum(), [inf, -inf], [nan]],
    ['sum of negative zeros', (x) => x.sum(), [-0, -0], [0]],
    ['mean', (x) => x.mean(), [inf, 1], [inf]],
    ['prod', (x) => x.prod(), [inf, 0], [nan]],
    ['max', (x) => x.max(), [1, nan, 2], [nan]],
    ['min', (x) => x.min(), [1, nan, 2], [nan]],
    ['max without NaN', (x) => x.max(), [-inf, -2], [-2]],
    ['max of infinities', (x) => x.max(), [-inf, -inf], [-inf]],
    ['logSumExp of infinities', (x) => logSumExp(x), [-inf, -inf], [-inf]],
    ['logSumExp with infinity', (x) => logSumExp(x), [inf, 1], [inf]],
    ['logSumExp of large negative numbers', (x) => logSumExp(x), [-1e4, -inf], [-1e4]],
    ['var', (x) => x.var(), [nan, 1], [nan]],
    ['clip', (x) => x.clip(-1, 1), [nan, inf, -inf], [nan, 1, -1]],
    ['clip without bounds', (x) => x.clip(), [nan, inf, -inf], [nan, inf, -inf]],
    ['clip by NaN', (x) => x.clip(nan, 1), [0, 5], [nan, nan]],
    ['clip by an upper NaN', (x) => x.clip(0, nan), [0, 5], [nan, nan]],
    ['clip with the lower bound above the upper', (x) => x.clip(2, -1), [-5, 0, 5], [-1, -1, -1]],
  ])('%s', (_, operation, values, wanted) => {
    expect([...operation(of(...values)).data]).toEqual(wanted);
  });

  test.each<[string, (a: Tensor, b: Tensor) => Tensor, [number, number, number][]]>([
    [
      'add',
      (a, b) => a.add(b),
      [
        [inf, -inf, nan],
        [inf, 1, inf],
        [-0, -0, -0],
        [nan, 1, nan],
      ],
    ],
    [
      'sub',
      (a, b) => a.sub(b),
      [
        [inf, inf, nan],
        [1, inf, -inf],
      ],
    ],
    [
      'mul',
      (a, b) => a.mul(b),
      [
        [inf, 0, nan],
        [-inf, 2, -inf],
        [-0, 3, -0],
      ],
    ],
    [
      'div',
      (a, b) => a.div(b),
      [
        [0, 0, nan],
        [1, 0, inf],
        [1, -0, -inf],
        [1, -inf, -0],
        [inf, inf, nan],
      ],
    ],
    [
      'pow',
      (a, b) => a.pow(b),
      [
        [nan, 0, 1],
        [0, 0, 1],
        [0, -1, inf],
        [-8, 1 / 3, nan],
        [inf, -1, 0],
        [-inf, 3, -inf],
        [1, nan, 1],
        [1, inf, 1],
        [1, -inf, 1],
        [-1, inf, 1],
        [-1, -inf, 1],
        [-1, nan, nan],
        [nan, 1, nan],
      ],
    ],
    [
      'maximum',
      (a, b) => a.maximum(b),
      [
        [nan, 1, nan],
        [1, nan, nan],
        [-inf, inf, inf],
        [nan, nan, nan],
      ],
    ],
    [
      'minimum',
      (a, b) => a.minimum(b),
      [
        [nan, 1, nan],
        [1, nan, nan],
        [-inf, inf, -inf],
        [nan, nan, nan],
      ],
    ],
  ])('%s', (_, operation, cases) => {
    const [a, b] = [0, 1].map((at) => of(...cases.map((one) => one[at]!))) as [Tensor, Tensor];
    expect([...operation(a, b).data]).toEqual(cases.map(([, , wanted]) => wanted));
  });

  test('comparisons with NaN are false, except ≠', () => {
    const [a, b] = [of(nan, nan, 1), of(nan, 1, nan)];
    const none = [false, false, false];
    expect(a.equal(b).toArray()).toEqual(none);
    expect(a.less(b).toArray()).toEqual(none);
    expect(a.lessEqual(b).toArray()).toEqual(none);
    expect(a.greater(b).toArray()).toEqual(none);
    expect(a.greaterEqual(b).toArray()).toEqual(none);
    expect(a.notEqual(b).toArray()).toEqual([true, true, true]);
    expect(of(0).equal(-0).item()).toBe(1);
  });

  test('NaN counts as true, as in NumPy, because it is not 0', () => {
    const x = of(nan, 0, -0, 2);
    const is = [true, false, false, true];
    expect(x.cast('bool').toArray()).toEqual(is);
    expect(x.logicalAnd(true).toArray()).toEqual(is);
    expect(x.logicalOr(false).toArray()).toEqual(is);
    expect(x.logicalXor(false).toArray()).toEqual(is);
    expect(x.logicalNot().toArray()).toEqual(is.map((one) => !one));
    expect(x.where(1, 0).toArray()).toEqual(is.map(Number));
    expect(x.where(of(1, 2, 3, 4), 0).toArray()).toEqual([1, 0, 0, 4]);
    expect(of(nan).any().item()).toBe(1);
    expect(of(nan).all().item()).toBe(1);
    // Along an outer axis, where all rows are reduced together.
    const grid = x.reshape([2, 2]);
    expect(grid.any(0).toArray()).toEqual([true, true]);
    expect(grid.all(0).toArray()).toEqual([false, false]);
  });

  test('argmax and argmin return the index of the first NaN', () => {
    const x = of(1, nan, 7, nan, -7);
    expect([x.argmax().item(), x.argmin().item()]).toEqual([1, 1]);
    expect([of(inf, inf).argmax().item(), of(-inf, -inf).argmin().item()]).toEqual([0, 0]);
  });

  test('a NaN that where does not choose affects neither the result nor the gradient', () => {
    const x = watch(of(0, 4));
    const safe = where(x.greater(0), x, 1);
    const root = where(x.greater(0), safe.sqrt(), 0);
    expect(root.toArray()).toEqual([0, 2]);
    expect(gradients(root.sum(), x).toArray()).toEqual([0, 0.25]);
    expect(where(literal([true]), of(1), of(nan)).toArray()).toEqual([1]);
  });

  test('an infinite gradient affects only its own elements', () => {
    const x = watch(of(1, 2, 3));
    const picked = x.gather(tensor([2, 2], 'int32'), 0);
    expect(gradients(picked.mul(of(inf, 1)).sum(), x).toArray()).toEqual([0, 0, inf]);
    expect(gradients(x.slice([0, 1]).mul(inf).sum(), x).toArray()).toEqual([inf, 0, 0]);
  });

  test('casts to int32 truncate, saturate, and make NaN 0', () => {
    const x = of(1.9, -1.9, 3e9, -3e9, inf, -inf, nan, -0);
    expect([...x.cast('int32').data]).toEqual([1, -1, most, least, most, least, 0, 0]);
  });
});

describe('the derivative of powers at 0', () => {
  const slopes = (base: number, exponent: number): [number, number] => {
    const [a, b] = [watch(tensor(base, 'float64')), watch(tensor(exponent, 'float64'))];
    return gradients(a.pow(b), [a, b]).map((one) => one.item()) as [number, number];
  };

  test('is that of the polynomial', () => {
    expect(slopes(0, 2)).toEqual([0, 0]);
    expect(slopes(0, 1)).toEqual([1, 0]);
    expect(slopes(0, 0)).toEqual([0, 0]);
    expect(slopes(0, 0.5)).toEqual([inf, 0]);
  });

  test('has a second derivative', () => {
    for (const [exponent, wanted] of [
      [0, 0],
      [1, 0],
      [2, 2],
      [3, 0],
    ] as const) {
      const x = watch(tensor([0, 2], 'float64'));
      const first = gradients(x.pow(exponent).sum(), x);
      const second = first.requiresGrad ? gradients(first.sum(), x).toArray() : [0, 0];
      expect(second).toEqual([wanted, exponent * (exponent - 1) * 2 ** Math.max(exponent - 2, 0)]);
    }
  });

  test('with respect to the exponent is 0 where the base is 0', () => {
    const b = watch(tensor([0, 1, 2], 'float64'));
    const first = gradients(tensor([0, 0, 0], 'float64').pow(b).sum(), b);
    expect(first.toArray()).toEqual([0, 0, 0]);
    expect(gradients(first.sum(), b).toArray()).toEqual([0, 0, 0]);
  });
});

describe('int32 wraps at 32 bits', () => {
  const of = (...values: number[]): Tensor => tensor(values, 'int32');
  const grid = (...values: number[]): Tensor => of(...values).reshape([values.length, 1]);

  // 65537⁴ = 2⁶⁴ + 4·2⁴⁸ + 6·2³² + 4·2¹⁶ + 1, of which 32 bits keep 4·2¹⁶ + 1.
  const wrapped = 4 * 65_536 + 1;

  test.each<[string, () => Tensor, number]>([
    ['add', () => of(most).add(1), least],
    ['sub', () => of(least).sub(1), most],
    ['mul', () => of(65_537).mul(65_537).mul(65_537).mul(65_537), wrapped],
    ['pow', () => of(65_537).pow(4), wrapped],
    ['neg', () => of(least).neg(), least],
    ['abs', () => of(least).abs(), least],
    ['sum', () => of(most, most, most).sum(), most - 2],
    ['sum over rows', () => grid(most, most, most).sum(0).squeeze(), most - 2],
    ['prod', () => of(65_537, 65_537, 65_537, 65_537).prod(), wrapped],
    ['prod over rows', () => grid(65_537, 65_537, 65_537, 65_537).expand([4, 2]).prod(0).slice(0), wrapped],
    ['matmul', () => of(most, most, 3).matmul(of(most, most, 5)), 2 + 15],
    ['scatterAdd', () => of(most).scatterAdd(of(0, 0), of(1, 1), 0), least + 1],
  ])('%s', (_, compute, wanted) => {
    expect(compute().dtype).toBe('int32');
    expect(compute().item()).toBe(wanted);
  });

  test('powers are exact while they fit', () => {
    expect(
      of(2, -3, 0, 7, -1)
        .pow(of(30, 5, 0, 11, most))
        .toArray(),
    ).toEqual([2 ** 30, -243, 1, 1_977_326_743, -1]);
  });

  test('sums of booleans count', () => {
    const x = tensor([true, true, false, true]);
    expect(x.sum().item()).toBe(3);
    expect(x.add(x).toArray()).toEqual([2, 2, 0, 2]);
    expect(x.mean().item()).toBe(0.75);
    expect(x.scatterAdd(of(0, 0, 2), tensor([true, true, true]), 0).toArray()).toEqual([3, 1, 1, 1]);
  });

  test('logSumExp of integers does not wrap', () => {
    expect(logSumExp(of(most, least)).item()).toBe(Math.fround(most));
  });

  test('division of integers gives fractions', () => {
    expect(
      of(1, -7, 0)
        .div(of(4, 2, 0))
        .toArray(),
    ).toEqual([0.25, -3.5, nan]);
  });
});

describe('tensors without elements', () => {
  const none = [new Float32Array(0)] as const;
  const numbers = ({ shape, data }: Tensor): [readonly number[], ReadonlyTypedArray] => [shape, data];

  test('are added, compared and broadcast', () => {
    expect(numbers(empty(0).add(1))).toEqual([[0], ...none]);
    expect(numbers(empty(2, 0).mul(tensor([[1], [2]])))).toEqual([[2, 0], ...none]);
    expect(empty(0, 3).add(tensor([1, 2, 3])).shape).toEqual([0, 3]);
    expect(empty(1, 0).add(empty(4, 1)).shape).toEqual([4, 0]);
    expect(() => empty(0).add(tensor([1, 2]))).toThrow(ShapeError);
  });

  test('have the sum 0, the product 1, the mean NaN and no maximum', () => {
    expect(empty(0).sum().item()).toBe(0);
    expect(empty(0).prod().item()).toBe(1);
    expect(empty(0).mean().item()).toBeNaN();
    expect(empty(0).var().item()).toBeNaN();
    expect(empty(0).any().item()).toBe(0);
    expect(empty(0).all().item()).toBe(1);
    expect(logSumExp(empty(0)).item()).toBe(-inf);
    expect(empty(2, 0).sum(1).toArray()).toEqual([0, 0]);
    expect(empty(2, 0).sum(0).toArray()).toEqual([]);
    expect(empty(2, 0).prod(1, { keepdims: true }).toArray()).toEqual([[1], [1]]);
    expect(empty(2, 0).mean(1).toArray()).toEqual([nan, nan]);
    expect(logSumExp(empty(2, 0), 1).toArray()).toEqual([-inf, -inf]);
    expect(empty(0, 3).max(1).shape).toEqual([0]);
  });

  test.each<[string, (x: Tensor, axis?: number) => Tensor]>([
    ['max', (x, axis) => x.max(axis)],
    ['min', (x, axis) => x.min(axis)],
    ['argmax', (x, axis) => x.argmax(axis)],
    ['argmin', (x, axis) => x.argmin(axis)],
  ])('have no %s', (name, operation) => {
    expect(() => operation(empty(0))).toThrow(ShapeError);
    expect(() => operation(empty(2, 0), 1)).toThrow(
      `${name}: shape [2, 0] has no elements along axis 1. Check for x.size === 0 first.`,
    );
    expect(operation(empty(2, 0), 0).shape).toEqual([0]);
  });

  test('have an empty softmax', () => {
    const x = empty(2, 0);
    expect(x.sub(logSumExp(x, 1, { keepdims: true })).exp().shape).toEqual([2, 0]);
  });

  test('are multiplied as matrices: a sum of no products is 0', () => {
    expect(empty(2, 0).matmul(empty(0, 3)).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(empty(0, 2).matmul(tensor([[1], [2]])).shape).toEqual([0, 1]);
    expect(empty(0).matmul(empty(0)).item()).toBe(0);
    expect(empty(0, 2, 3).matmul(empty(3, 4)).shape).toEqual([0, 2, 4]);
  });

  test('have views', () => {
    const x = empty(2, 0, 3);
    expect(x.reshape([0]).shape).toEqual([0]);
    expect(x.reshape([3, -1, 2]).shape).toEqual([3, 0, 2]);
    expect(() => x.reshape([0, -1])).toThrow(ShapeError);
    expect(x.T.shape).toEqual([3, 0, 2]);
    expect(x.flip().shape).toEqual([2, 0, 3]);
    expect(x.slice([1], [], [null, null, -2]).shape).toEqual([1, 0, 2]);
    expect(tensor([1, 2, 3]).slice([5, 9]).shape).toEqual([0]);
    expect(
      pad(x, [
        [0, 0],
        [1, 0],
        [0, 0],
      ]).shape,
    ).toEqual([2, 1, 3]);
    expect(split(x, 3, 2).map(({ shape }) => shape)).toEqual([
      [2, 0, 1],
      [2, 0, 1],
      [2, 0, 1],
    ]);
    expect(x.toArray()).toEqual([[], []]);
    expect([...empty(0, 2)]).toEqual([]);
  });

  test('are concatenated, gathered and reduced', () => {
    expect(concat([empty(0, 2), tensor([[1, 2]])]).toArray()).toEqual([[1, 2]]);
    expect(stack([empty(0), empty(0)]).shape).toEqual([2, 0]);
    const nowhere = tensor([], 'int32');
    expect(tensor([1, 2]).gather(nowhere, 0).shape).toEqual([0]);
    expect(tensor([[1, 2]]).take(nowhere, 0).shape).toEqual([0, 2]);
    expect(tensor([1, 2]).scatterAdd(nowhere, empty(0), 0).toArray()).toEqual([1, 2]);
    expect(oneHot(nowhere, 3).shape).toEqual([0, 3]);
    expect(oneHot(nowhere, 0).shape).toEqual([0, 0]);
    expect(tensor([]).dtype).toBe('float32');
  });

  test('have empty gradients', () => {
    const x = watch(empty(0, 3));
    const w = watch(tensor([1, 2, 3]));
    const found = gradients(x.mul(w).sum(), { x, w });
    expect(found.x.shape).toEqual([0, 3]);
    expect(found.w.toArray()).toEqual([0, 0, 0]);
  });
});

describe('scalars', () => {
  const x = tensor(4);

  test('are arguments of every elementwise operation', () => {
    expect(x.add(1).shape).toEqual([]);
    expect(x.sum().item()).toBe(4);
    expect(x.sum([]).item()).toBe(4);
    expect(x.argmax().item()).toBe(0);
    expect(x.argmax(undefined, { keepdims: true }).shape).toEqual([]);
    expect(x.T.item()).toBe(4);
    expect(x.reshape([1, 1]).shape).toEqual([1, 1]);
    expect(x.squeeze().shape).toEqual([]);
    expect(x.flip().item()).toBe(4);
    expect(x.slice().item()).toBe(4);
    expect(pad(x, []).item()).toBe(4);
    expect(x.expand([2]).toArray()).toEqual([4, 4]);
  });

  test('are refused where an axis is needed', () => {
    expect(() => x.sum(0)).toThrow('sum: there is no axis 0: a scalar has no axes. Check x.shape.');
    expect(() => [...x]).toThrow(ShapeError);
    expect(() => x.matmul(x)).toThrow(ShapeError);
    expect(() => x.mT).toThrow(ShapeError);
    expect(() => split(x, 1)).toThrow(ShapeError);
  });
});
