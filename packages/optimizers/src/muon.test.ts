import { ones, tensor, type Tensor, variable, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adam } from './adam.ts';
import { muon } from './muon.ts';
import { newtonSchulz } from './newton-schulz.ts';

const matrix = tensor(
  [
    [1, 2, 0.5],
    [0, -1, 3],
  ],
  { dtype: 'float64' },
);

describe('muon', () => {
  test('moves a matrix by the rate times its orthogonal part', () => {
    const w = variable(zeros([2, 3], { dtype: 'float64' }) as Tensor);
    muon({ w }, { learningRate: 0.5 }).step({ w: matrix });
    // Momentum of the first step is a multiple of the gradient, which the norm divides away.
    const want = newtonSchulz(matrix).mul(-0.5).data;
    for (const [at, value] of w.data.entries()) expect(value).toBeCloseTo(want[at]!, 7);
  });

  test('moves a tall matrix further: √(rows / columns)', () => {
    const [wide, tall] = [variable(zeros([1, 4]) as Tensor), variable(zeros([4, 1]) as Tensor)];
    const optimizer = muon({ wide, tall }, { learningRate: 1 });
    optimizer.step({ wide: ones([1, 4]), tall: ones([4, 1]) });
    for (const [at, value] of tall.data.entries()) expect(value).toBeCloseTo(2 * wide.data[at]!, 6);
  });

  test('takes the weights of a convolution as rows', () => {
    const [kernel, rows] = [variable(zeros([2, 3, 1, 2]) as Tensor), variable(zeros([2, 6]) as Tensor)];
    const gradient = tensor([
      [1, 2, 3, 4, 5, 6],
      [-1, 0, 2, 0, 1, 1],
    ]);
    muon({ kernel }).step({ kernel: gradient.reshape([2, 3, 1, 2]) });
    muon({ rows }).step({ rows: gradient });
    expect([...kernel.data]).toEqual([...rows.data]);
  });

  test('gives vectors to Adam, with a rate of its own and without decay', () => {
    const [own, other] = [variable(tensor([1, 2])), variable(tensor([1, 2]))];
    const options = { learningRate: 0.25, beta1: 0.5 };
    const [one, two] = [muon({ w: own }, { adam: options, weightDecay: 1 }), adam({ w: other }, options)];
    for (let step = 0; step < 3; step++) {
      one.step({ w: tensor([1, -step]) });
      two.step({ w: tensor([1, -step]) });
    }
    expect([...own.data]).toEqual([...other.data]);
    expect(Object.keys(one.state)).toEqual(['iterations', 'w.momentum', 'w.cache']);
  });

  test('shrinks matrices by decay: 8 · (1 − 0.5 · 0.25)', () => {
    const w = variable(tensor([[8]]));
    muon({ w }, { learningRate: 0.5, weightDecay: 0.25 }).step({ w: tensor([[0]]) });
    expect(w.item()).toBe(7);
  });

  test('refuses no steps, and unknown options of Adam', () => {
    const w = variable(tensor([[1]]));
    expect(() => muon({ w }, { steps: 0 })).toThrow(
      new RangeError('muon: steps must be a positive integer, got 0. Leave it out for 5.'),
    );
    expect(() => muon({ w }, { adam: { weightDecay: 1 } as object })).toThrow(
      "Unknown option 'weightDecay' of muon: adam.",
    );
  });
});
