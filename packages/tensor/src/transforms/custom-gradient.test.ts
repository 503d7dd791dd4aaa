import { describe, expect, test } from 'vitest';
import {
  compile,
  customGradient,
  DTypeError,
  gradients,
  hessian,
  ShapeError,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
} from '../index.ts';
import { wasm } from '../wasm/index.ts';

const round = customGradient(
  (x: Tensor) => x.round(),
  (g) => [g],
);

describe.each([
  ['eager', (f: (x: Tensor) => Tensor) => f],
  ['compiled', (f: (x: Tensor) => Tensor) => compile(f, wasm)],
])('customGradient, %s,', (_, way) => {
  test('gives the value of the function and the gradient of its own', () => {
    const f = way((x: Tensor) => {
      const given = watch(x);
      const value = round(given);
      return gradients(value.mul(value).sum(), given) as Tensor;
    });
    expect(f(tensor([0.4, 2.7])).toArray()).toEqual([0, 6]);
    expect(way((x) => round(x))(tensor([0.4, 2.7])).toArray()).toEqual([0, 3]);
  });

  test('passes the gradient, the arguments and the result to the derivative', () => {
    const product = customGradient(
      (a: Tensor, b: Tensor) => a.mul(b),
      (g, [a, b], result) => [g.mul(b).mul(10), g.mul(result).add(a)],
    );
    const f = way((x: Tensor) => {
      const [a, b] = [watch(x), watch(x.add(1))];
      const [ofA, ofB] = gradients(product(a, b).sum().mul(2), [a, b]);
      return ofA.mul(1000).add(ofB) as Tensor;
    });
    // 2·b·10 and 2·ab + a, at a = 2 and b = 3
    expect(f(tensor([2])).toArray()).toEqual([60_000 + 14]);
  });

  test('has a derivative that can be differentiated again', () => {
    const cube = customGradient(
      (x: Tensor) => x.pow(3),
      (g, [x]) => [g.mul(x.mul(x)).mul(3)],
    );
    const f = way((x: Tensor) => hessian((y: Tensor) => cube(y).sum() as Tensor as Tensor<[]>, x));
    expect(f(tensor([1, 2])).toArray()).toEqual([
      [6, 0],
      [0, 12],
    ]);
  });

  test('works inside vmap, with gradients outside and inside', () => {
    // The gradient depends on the whole entry, so that it shows which axis is whose.
    const scaled = customGradient(
      (x: Tensor) => x.sum(),
      (g, [x]) => [g.mul(x.max()).expand(x.shape)],
    );
    const outside = way((x: Tensor) => {
      const given = watch(x);
      return gradients((vmap((one: Tensor) => scaled(one))(given) as Tensor).sum(), given) as Tensor;
    });
    const inside = way(
      (x: Tensor) =>
        vmap((one: Tensor) => {
          const given = watch(one);
          return gradients(scaled(given), given);
        })(x) as Tensor,
    );
    const x = tensor([
      [1, 2],
      [5, 3],
    ]);
    const wanted = [
      [2, 2],
      [5, 5],
    ];
    expect(outside(x).toArray()).toEqual(wanted);
    expect(inside(x).toArray()).toEqual(wanted);
  });
});

test('no gradient flows to variables that the function reads, or to an argument with undefined', () => {
  const w = variable(tensor([2]));
  const scaled = customGradient(
    (x: Tensor) => x.mul(w),
    () => [undefined],
  );
  const x = watch(tensor([3]));
  const loss = scaled(x).sum().add(x.sum()).add(w.sum());
  expect(gradients(loss, [x, w]).map((one) => one.toArray())).toEqual([[1], [1]]);
});

test('gradients that do not fit the arguments are refused', () => {
  const x = watch(tensor([1, 2]));
  const take = (found: unknown) => (): unknown =>
    gradients(
      customGradient(
        (y: Tensor) => y.mul(2),
        () => found as never,
      )(x).sum(),
      x,
    );
  expect(take([])).toThrow(
    new ShapeError(
      'customGradient: the derivative must return one gradient for each of 1 arguments, got 0. ' +
        'Write undefined for an argument without one.',
    ),
  );
  expect(take([tensor([1, 2, 3])])).toThrow(ShapeError);
  expect(take([tensor([1, 2], { dtype: 'int32' })])).toThrow(DTypeError);
  expect(() =>
    customGradient(
      (y: Tensor) => y.rank as never,
      () => [undefined],
    )(x),
  ).toThrow(DTypeError);
});
