import { describe, expect, test } from 'vitest';
import {
  compile,
  fromTypedArray,
  full,
  gradients,
  ones,
  randomState,
  type Shape,
  stepRandom,
  type Tensor,
  tensor,
  variable,
  type Variable,
  watch,
  zeros,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

const six = tensor([1, 2, 3, 4, 5, 6]) as Tensor;
const column = tensor([[1], [2]]) as Tensor;

/** Everything that takes a shape, with one that fits [2, 3]. */
const makers: Readonly<Record<string, (shape: Shape) => Tensor>> = {
  zeros,
  ones,
  full: (shape) => full(shape, 7),
  fromTypedArray: (shape) => fromTypedArray(new Float32Array(6), shape),
  reshape: (shape) => six.reshape(shape) as Tensor,
  expand: (shape) => column.expand(shape) as Tensor,
  sumTo: (shape) => ones([4, 2, 3]).sumTo(shape) as Tensor,
  uniform: (shape) => randomState(0).uniform(shape) as Tensor,
  'uniform of stepRandom': (shape) => stepRandom(0).uniform(shape) as Tensor,
  'normal of stepRandom': (shape) => stepRandom(0).normal(shape) as Tensor,
  'bernoulli of stepRandom': (shape) => stepRandom(0).bernoulli(0.5, shape) as Tensor,
};

describe('a shape that its owner changes later', () => {
  test.each(Object.entries(makers))('leaves the result of %s as it is', (_, make) => {
    const shape = [2, 3];
    const x = make(shape);
    const before = x.toArray();
    shape[0] = 1;
    shape.push(9);
    expect(x.shape).toEqual([2, 3]);
    expect(x.toArray()).toEqual(before);
  });

  test('leaves gradients as they are', () => {
    const x = watch(six) as Tensor;
    const shape = [2, 3];
    const y = x.reshape(shape).expand(shape).sum() as Tensor;
    shape[0] = 1;
    expect(gradients(y, x).toArray()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('leaves a compiled function as it is', () => {
    const shape = [2, 3];
    const f = compile((x: Tensor) => x.reshape(shape).mul(column) as Tensor, wasm);
    expect(f(six).shape).toEqual([2, 3]);
    shape[0] = 1;
    expect(f(six).toArray()).toEqual([
      [1, 2, 3],
      [8, 10, 12],
    ]);
  });
});

describe('writing to the data of a variable', () => {
  const write = (x: Tensor): void => {
    (x.data as unknown as Float32Array)[0] = 7;
  };
  const step = (w: Variable) => (x: Tensor) => {
    w.assign(w.add(x) as Tensor);
    return w.mul(1) as Tensor;
  };

  test.each([
    ['eager', (w: Variable) => step(w)],
    ['compiled', (w: Variable) => compile(step(w), wasm)],
  ])('changes nothing in %s steps', (_, stepOf) => {
    const w = variable(tensor([1, 2])) as Variable;
    const next = stepOf(w);
    const x = tensor([10, 10]) as Tensor;
    write(w);
    expect(w.toArray()).toEqual([1, 2]);
    expect(next(x).toArray()).toEqual([11, 12]);
    write(w);
    expect(w.add(0).toArray()).toEqual([11, 12]);
    expect(next(x).toArray()).toEqual([21, 22]);
    expect([...w.data]).toEqual([21, 22]);
    w.assign(tensor([3, 4]));
    expect([...w.data]).toEqual([3, 4]);
  });

  test('is refused by the compiler, and slice gives a copy to write to', () => {
    const w = variable(tensor([1, 2]));
    // @ts-expect-error data is for reading
    w.data[0] = 7;
    const copy = w.data.slice();
    copy[0] = 7;
    expect(w.toArray()).toEqual([1, 2]);
  });

  test('does not happen by reading: the same array is returned until the value changes', () => {
    const w = variable(tensor([1, 2]));
    expect(w.data).toBe(w.data);
  });
});
