import { describe, expect, test } from 'vitest';
import {
  compile,
  concat,
  type DType,
  DTypeError,
  gradients,
  ShapeError,
  Tensor,
  tensor as literal,
  variable,
  watch,
} from './index.ts';
import { wasm } from './wasm/index.ts';

const tensor = (values: Parameters<typeof literal>[0], dtype: DType = 'float64'): Tensor =>
  literal(values, { dtype }) as unknown as Tensor;
const parameter = (...values: number[]): ReturnType<typeof variable> =>
  variable(tensor(values)) as ReturnType<typeof variable>;

describe('gradients have the structure of the targets:', () => {
  const [x, y] = [watch(tensor([1, 2])), watch(tensor([3, 4]))];
  const loss = x.mul(y).sum();

  test('a tensor for a tensor', () => {
    expect(gradients(loss, x)).toBeInstanceOf(Tensor);
    expect(gradients(loss, x).toArray()).toEqual([3, 4]);
  });

  test('an array for an array', () => {
    const found = gradients(loss, [y, x]);
    expect(found.map((one) => one.toArray())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(gradients(loss, [])).toEqual([]);
  });

  test('a record for a record', () => {
    const found = gradients(loss, { x, y });
    expect(Object.keys(found)).toEqual(['x', 'y']);
    expect(found.x.toArray()).toEqual([3, 4]);
    expect(found.y.toArray()).toEqual([1, 2]);
    expect(gradients(loss, {})).toEqual({});
  });

  test('records and arrays of records and arrays for the same', () => {
    const found = gradients(loss, { layers: [{ x }, { y, nothing: {} }] });
    expect(found.layers[0].x.toArray()).toEqual([3, 4]);
    expect(found.layers[1].y.toArray()).toEqual([1, 2]);
    expect(found.layers[1].nothing).toEqual({});
    expect(() => gradients(loss, { layer: { x: 3 as unknown as Tensor } })).toThrow(
      new DTypeError('gradients: expected a tensor, got 3. Write tensor(value).'),
    );
  });

  test('a target that occurs twice has its gradient twice', () => {
    expect(gradients(loss, [x, x]).map((one) => one.toArray())).toEqual([
      [3, 4],
      [3, 4],
    ]);
  });

  test('each with the shape and dtype of its target, also after broadcasting and promotion', () => {
    const small = watch(tensor([[1], [2]], 'float32'));
    const mixed = small.mul(tensor([[1, 2, 3]])).sum();
    expect(mixed.dtype).toBe('float64');
    const found = gradients(mixed, small);
    expect([found.dtype, found.toArray()]).toEqual(['float32', [[6], [6]]]);
  });
});

describe('gradients are taken of', () => {
  test('variables and watched tensors, not of the tensor that was watched', () => {
    const w = parameter(2, 3);
    const x = tensor([5, 7]);
    const watched = watch(x);
    const found = gradients(w.mul(watched).sum(), { w, watched });
    expect([found.w.toArray(), found.watched.toArray()]).toEqual([
      [5, 7],
      [2, 3],
    ]);
    // The original tensor does not require a gradient.
    expect(x.requiresGrad).toBe(false);
    expect(() => gradients(w.mul(x).sum(), x)).toThrow(DTypeError);
  });

  test('a variable through a watched copy of it', () => {
    const w = parameter(3);
    const watched = watch(w);
    const found = gradients(watched.mul(watched).sum(), { w, watched });
    expect([found.w.toArray(), found.watched.toArray()]).toEqual([[6], [6]]);
  });

  test('an intermediate result', () => {
    const x = watch(tensor([1, 2]));
    const square = x.mul(x);
    const loss = square.mul(square).sum();
    expect(gradients(loss, square).toArray()).toEqual([2, 8]);
    expect(gradients(loss, [x, square]).map((one) => one.toArray())).toEqual([
      [4, 32],
      [2, 8],
    ]);
  });

  test('the loss itself, and are 1', () => {
    const loss = watch(tensor(3)).mul(2);
    expect(gradients(loss, loss).item()).toBe(1);
    const w = variable(tensor(3)) as ReturnType<typeof variable>;
    expect(gradients(w, w).item()).toBe(1);
  });

  test('all paths, whose gradients are added', () => {
    // y = (x + x²)(x − x²), dy/dx = 2x − 4x³
    const x = watch(tensor(3));
    const square = x.mul(x);
    const loss = x.add(square).mul(x.sub(square));
    expect(gradients(loss, x).item()).toBe(2 * 3 - 4 * 27);
  });

  test('an input that is used twice by one operation', () => {
    const x = watch(tensor([1, 2, 3]));
    expect(gradients(x.mul(x).sum(), x).toArray()).toEqual([2, 4, 6]);
    expect(gradients(concat([x, x]).sum(), x).toArray()).toEqual([2, 2, 2]);
    expect(gradients(x.matmul(x), x).toArray()).toEqual([2, 4, 6]);
    expect(gradients(x.sub(x).sum(), x).toArray()).toEqual([0, 0, 0]);
  });

  test('nothing before detach', () => {
    const x = watch(tensor([2]));
    expect(gradients(x.mul(x.detach()).sum(), x).toArray()).toEqual([2]);
    expect(() => gradients(x.mul(x).detach().sum(), x)).toThrow(
      'gradients: the loss, shape [], was not computed from a variable or a watched tensor. Write x = watch(x) before computing with it. No gradient flows through the result of a compiled function: call gradients inside it.',
    );
  });

  test('nothing through int32', () => {
    const x = watch(tensor([1.5]));
    expect(x.cast('int32').requiresGrad).toBe(false);
    expect(gradients(x.mul(x.cast('int32')).sum(), x).toArray()).toEqual([1]);
  });
});

describe('a tensor that the loss does not depend on', () => {
  test('has a gradient of zeros, in its shape and dtype', () => {
    const x = watch(tensor([1, 2]));
    const far = watch(tensor([[1], [2]], 'float32'));
    const found = gradients(x.sum(), { x, far });
    expect([found.far.shape, found.far.dtype, found.far.toArray()]).toEqual([[2, 1], 'float32', [[0], [0]]]);
  });

  test('may be computed from the loss', () => {
    const x = watch(tensor([1, 2]));
    const loss = x.sum();
    const after = loss.mul(2);
    expect(gradients(loss, after).item()).toBe(0);
  });

  test('costs nothing: no derivative is computed on the way to it', () => {
    const x = watch(tensor([1, 2]));
    const other = watch(tensor([3, 4]));
    // A derivative of the second factor would contain the logarithm of a negative number.
    const loss = x.mul(other.sub(10).log()).sum();
    expect(gradients(loss, x).toArray()).toEqual([NaN, NaN]);
    expect(gradients(x.sum().add(other.mul(0).sum()), other).toArray()).toEqual([0, 0]);
  });
});

describe('variables', () => {
  test('that are read, assigned and read again have the sum of the gradients of both values', () => {
    const w = parameter(2);
    const before = w.mul(3);
    w.assign(tensor([10]));
    const after = w.mul(w);
    expect(gradients(before.add(after).sum(), w).toArray()).toEqual([3 + 20]);
    // The loss depends on the later value in one case, on the earlier one in the other.
    expect(gradients(after.sum(), w).toArray()).toEqual([20]);
    expect(gradients(before.sum(), w).toArray()).toEqual([3]);
  });

  test('pass no gradient to the tensor that was assigned', () => {
    const [w, v] = [parameter(2), parameter(0)];
    v.assign(w.mul(5));
    const found = gradients(v.mul(v).sum(), { w, v });
    expect(found.v.toArray()).toEqual([20]);
    expect(found.w.toArray()).toEqual([0]);
  });

  test('have the gradient of a loss that was computed before an assignment', () => {
    const w = parameter(3);
    const loss = w.mul(w).sum();
    w.assign(tensor([100]));
    expect(gradients(loss, w).toArray()).toEqual([6]);
  });

  test.each([
    ['eager', (f: (x: Tensor) => Tensor) => f],
    ['compiled', (f: (x: Tensor) => Tensor) => compile(f, wasm)],
  ])('are differentiated by their present value, not by those before it, %s', (_, way) => {
    const w = parameter(2);
    const step = way((x) => {
      w.assign(w.mul(3));
      return gradients(w.mul(w).mul(x).sum(), w);
    });
    expect(step(tensor([1])).toArray()).toEqual([12]);
    expect(w.toArray()).toEqual([6]);
  });

  test('keep no origin of their values', () => {
    const w = parameter(1);
    for (let step = 0; step < 3; step++) w.assign(w.sub(gradients(w.mul(w).sum(), w).mul(0.25)));
    expect(w.toArray()).toEqual([0.125]);
    expect(w.current().origin).toBeUndefined();
  });

  test('keep their value when the step throws', () => {
    const w = parameter(1, 2);
    const step = (): void => {
      w.assign(w.mul(2));
      w.assign(w.add(tensor([1, 2, 3])));
    };
    expect(step).toThrow(ShapeError);
    expect(w.toArray()).toEqual([2, 4]);
    expect(gradients(w.mul(w).sum(), w).toArray()).toEqual([4, 8]);
  });
});

describe('gradients of gradients', () => {
  // f = x³ y², worked by hand
  const at = (x: Tensor, y: Tensor): Tensor => x.pow(3).mul(y.pow(2)).sum();

  test('are second derivatives', () => {
    const [x, y] = [watch(tensor(2)), watch(tensor(5))];
    const first = gradients(at(x, y), { x, y });
    expect([first.x.item(), first.y.item()]).toEqual([3 * 4 * 25, 8 * 10]);
    const fromX = gradients(first.x, { x, y });
    expect([fromX.x.item(), fromX.y.item()]).toEqual([6 * 2 * 25, 3 * 4 * 10]);
    expect(gradients(first.y, x).item()).toBe(fromX.y.item());
  });

  test('exist up to the fourth order', () => {
    const x = watch(tensor(2));
    let derivative = x.pow(4);
    const found: number[] = [];
    for (let order = 1; order <= 4; order++) {
      derivative = gradients(derivative, x);
      found.push(derivative.item());
    }
    expect(found).toEqual([32, 48, 48, 24]);
  });

  test('give the gradient of a gradient norm', () => {
    // p = |∂/∂x Σ w x²|² = Σ (2 w x)², ∂p/∂w = 8 w x²
    const w = parameter(1, 2);
    const x = watch(tensor([3, -1]));
    const slope = gradients(w.mul(x).mul(x).sum(), x);
    const penalty = slope.mul(slope).sum();
    expect(gradients(penalty, w).toArray()).toEqual([72, 16]);
  });

  test('inside a function whose result is differentiated again', () => {
    const derivative = (of: (x: Tensor) => Tensor, x: Tensor): Tensor => gradients(of(x), x);
    const x = watch(tensor(2));
    // h(x) = x · d/dx x³ = 3x³; h' = 9x²
    const h = x.mul(derivative((one) => one.pow(3), x));
    expect(gradients(h, x).item()).toBe(36);
  });

  test('of two losses do not mix', () => {
    const w = parameter(2);
    const [first, second] = [w.mul(3).sum(), w.mul(w).sum()];
    expect(gradients(second, w).toArray()).toEqual([4]);
    expect(gradients(first, w).toArray()).toEqual([3]);
    expect(gradients(second, w).toArray()).toEqual([4]);
  });
});

describe('at 0', () => {
  test('the gradient of a standard deviation of equal elements is 0, as in PyTorch', () => {
    const x = watch(
      tensor([
        [2, 2, 2],
        [1, 2, 3],
      ]),
    );
    const found = gradients(x.std(1).sum(), x).toArray() as number[][];
    expect(found[0]).toEqual([0, 0, 0]);
    // dσ/dx = (x − mean) / (n · σ), with σ = √(2/3)
    expect(found[1]!.map((one) => one.toFixed(6))).toEqual(['-0.408248', '0.000000', '0.408248']);
    expect(gradients(watch(tensor([5])).std(), []).length).toBe(0);
  });

  test('a standard deviation of NaN is NaN', () => {
    expect(tensor([NaN, 1]).std().item()).toBeNaN();
  });

  test('the gradient of a root is infinite', () => {
    const x = watch(tensor(0));
    expect(gradients(x.sqrt(), x).item()).toBe(Infinity);
  });

  test('a branch of where that is not chosen makes the gradient NaN if its derivative is infinite, and not if a safe x is chosen first', () => {
    const x = watch(tensor([0, 1]));
    const none = x.equal(0);
    expect(gradients(none.where(0, x.log()).sum(), x).toArray()).toEqual([NaN, 1]);
    expect(gradients(none.where(0, none.where(1, x).log()).sum(), x).toArray()).toEqual([0, 1]);
  });
});

describe('long chains', () => {
  test('of 10,000 operations do not overflow the stack', () => {
    const x = watch(tensor(1));
    let y = x;
    for (let step = 0; step < 10_000; step++) y = y.mul(1.0001).add(0);
    expect(gradients(y, x).item()).toBeCloseTo(1.0001 ** 10_000, 8);
  });

  test('whose operations use the previous result twice are traversed once, not 2ⁿ times', () => {
    const x = watch(tensor(1));
    let y = x;
    for (let step = 0; step < 200; step++) y = y.mul(0.5).add(y.mul(0.5));
    expect(gradients(y, x).item()).toBe(1);
  });

  test('of 1,000 operations have second derivatives', () => {
    const x = watch(tensor(0.5));
    let y = x;
    for (let step = 0; step < 1000; step++) y = y.mul(1.001);
    const loss = y.mul(y);
    const factor = 1.001 ** 2000;
    const first = gradients(loss, x);
    expect(first.item()).toBeCloseTo(factor, 9);
    expect(gradients(first, x).item()).toBeCloseTo(2 * factor, 9);
  });
});
