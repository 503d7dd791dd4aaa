import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import {
  arange,
  cdist,
  checkGradients,
  concat,
  convolve1d,
  correlate1d,
  cosineSimilarity,
  cross,
  cumulativeTrapezoid,
  diag,
  diagonal,
  einsum,
  gradients,
  kron,
  norm,
  outer,
  pdist,
  randomState,
  repeat,
  roll,
  type Tensor,
  tensor,
  tensordot,
  tile,
  trapezoid,
  tril,
  triu,
  vmap,
  watch,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

const float64 = { dtype: 'float64' } as const;
const random = randomState(3);
const draw = (...shape: number[]): Tensor => random.normal(shape, { dtype: 'float64' }) as Tensor;
const fixed = draw(3, 2);
const fixedLike = (x: Tensor): Tensor => arange(x.size, float64).sin().add(2).reshape(x.shape) as Tensor;

/** Differentiable functions of one tensor, each with a place to differentiate at. */
const functions: Readonly<Record<string, readonly [f: (x: Tensor) => Tensor, x: Tensor]>> = {
  'einsum of a repeated axis': [(x) => einsum('iji,jk->ik', x, fixed), draw(2, 3, 2)],
  'einsum of itself three times': [(x) => einsum('ij,jk,kl->li', x, x, x), draw(3, 3)],
  tensordot: [
    (x) =>
      tensordot(x, x, [
        [0, 2],
        [2, 0],
      ]),
    draw(2, 3, 2),
  ],
  'norm of order 3': [(x) => norm(x, { order: 3, axis: 0 }), draw(3, 2)],
  'norm of order 0.5': [(x) => norm(x, { order: 0.5 }), draw(4)],
  'norm of order −1': [(x) => norm(x, { order: -1 }), draw(4)],
  cosineSimilarity: [(x) => cosineSimilarity(x, x.flip(0) as Tensor), draw(2, 3)],
  cdist: [(x) => cdist(x, fixed), draw(4, 2)],
  pdist: [(x) => pdist(x), draw(4, 2)],
  kron: [(x) => kron(x, x), draw(2, 2)],
  cross: [(x) => cross(x, x.flip(0) as Tensor), draw(2, 3)],
  outer: [(x) => outer(x, x), draw(3)],
  'diagonal below': [(x) => diagonal(x, { offset: -1, axes: [2, 0] }), draw(3, 2, 4)],
  'diag above': [(x) => diag(x.mul(x) as Tensor, { offset: 1 }), draw(2, 3)],
  tril: [(x) => tril(x.mul(x) as Tensor), draw(2, 3, 3)],
  triu: [(x) => triu(x.mul(x) as Tensor, { offset: 1 }), draw(3, 4)],
  roll: [(x) => roll(x.mul(x) as Tensor, [1, -2], [0, 1]), draw(2, 5)],
  tile: [(x) => tile(x.mul(x) as Tensor, [2, 1, 2]), draw(2, 3)],
  repeat: [(x) => repeat(x.mul(x) as Tensor, [0, 3, 1]), draw(3)],
  convolve1d: [(x) => convolve1d(x, x.slice([0, 2]) as Tensor), draw(5)],
  correlate1d: [(x) => correlate1d(x.slice([0, 2]) as Tensor, x, { mode: 'full' }), draw(5)],
  trapezoid: [(x) => trapezoid(x.mul(x) as Tensor, { x: x.slice([], 0) as Tensor, axis: 0 }), draw(4, 2)],
  cumulativeTrapezoid: [
    (x) => cumulativeTrapezoid(x.mul(x) as Tensor, { x: x.slice([], 0) as Tensor, axis: 0 }),
    draw(6, 2),
  ],
};

describe.each(Object.entries(functions))('%s', (_, [f, x]) => {
  const loss = (given: Tensor): Tensor => {
    const y = f(given);
    return (y.mul(arange(y.size, float64).add(1).reshape(y.shape) as Tensor) as Tensor).sum() as Tensor;
  };

  test('has the gradient that finite differences give', () => {
    expect(checkGradients(loss, x).passed).toBe(true);
  });

  test('has the second derivative that finite differences give', () => {
    const slope = (given: Tensor): Tensor =>
      (gradients(loss(given), given) as Tensor).mul(fixedLike(x)).sum() as Tensor;
    expect(checkGradients((given: Tensor) => slope(watch(given) as Tensor), x).passed).toBe(true);
  });

  test('gives the same compiled, and mapped over two entries', () => {
    const both = concat([x.expandDims(0) as Tensor, x.expandDims(0).neg() as Tensor], 0) as Tensor;
    const mapped = vmap((one: Tensor) => f(one))(both) as Tensor;
    const compiled = compile((given: Tensor) => f(given), wasm)(x) as Tensor;
    const wanted = f(x);
    expect(compiled.shape).toEqual(wanted.shape);
    expect(mapped.slice(0).shape).toEqual(wanted.shape);
    for (const [at, value] of wanted.data.entries()) {
      expect(compiled.data[at]).toBeCloseTo(value, 12);
      expect(mapped.data[at]).toBeCloseTo(value, 12);
    }
  });
});

describe('vectors are refused that', () => {
  const vector = tensor([1, 2]) as Tensor;
  test.each<[string, () => unknown]>([
    [
      'convolve1d: expected two vectors with elements, got shapes [2] and [1, 2]. Write',
      () => convolve1d(vector, tensor([[1, 2]]) as Tensor),
    ],
    [
      "correlate1d: mode must be 'full', 'same' or 'valid', got half. Write",
      () => correlate1d(vector, vector, { mode: 'half' as 'full' }),
    ],
    [
      'cumulativeTrapezoid: x must be a vector of the 2 places of y along axis 0, got [3]',
      () => cumulativeTrapezoid(vector, { x: tensor([1, 2, 3]) as Tensor }),
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});
