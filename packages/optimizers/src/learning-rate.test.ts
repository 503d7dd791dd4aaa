import { DTypeError, full, ShapeError, tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import type { NestedVariables } from './nested.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd, type SgdOptions } from './sgd.ts';

const one = () => ({ w: variable(tensor([0])) });
const gradients = { w: tensor([1]) };

describe('the learning rate', () => {
  test('shows what the next step will use: 1, then 1/(1 + 0.25), 1/(1 + 0.5)', () => {
    const optimizer = sgd(one(), { learningRate: 1, decay: 0.25 });
    const rates = [0, 1, 2].map(() => {
      const rate = optimizer.learningRate.item();
      optimizer.step(gradients);
      return rate;
    });
    expect(rates).toEqual([1, 0.8, 1 / 1.5]);
    expect(optimizer.learningRate.dtype).toBe('float64');
    expect(optimizer.learningRate.shape).toEqual([]);
  });

  test('is the printed number of the book: 0.05 falls by a decay of 5e-7', () => {
    const optimizer = sgd(one(), { learningRate: 0.05, decay: 5e-7 });
    for (let step = 0; step < 10; step++) optimizer.step(gradients);
    expect(String(optimizer.learningRate)).toBe(String(0.05 / (1 + 5e-7 * 10)));
  });

  test('may be a schedule, a function of the number of steps taken', () => {
    const parameters = one();
    const seen: number[] = [];
    const optimizer = sgd(parameters, {
      learningRate: (iteration) => {
        seen.push(iteration.item());
        return full([], 0.5, { dtype: 'float64' }).pow(iteration);
      },
    });
    for (let step = 0; step < 3; step++) optimizer.step(gradients);
    expect(seen).toEqual([0, 1, 2]);
    expect(parameters.w.item()).toBe(-1.75);
  });

  test('falls by decay from what the schedule says', () => {
    const optimizer = sgd(one(), { learningRate: (iteration) => iteration.add(4), decay: 1 });
    optimizer.step(gradients);
    expect(optimizer.learningRate.item()).toBe(2.5);
  });

  // Momentums 0, 1/2, 1: velocities 1, 1/2 · 1 + 1, 1 · 3/2 + 1.
  test.each([
    ['sgd', sgd],
    [
      'rmsprop',
      (parameters: NestedVariables, options: SgdOptions) => rmsprop(parameters, { ...options, rho: 0, epsilon: 0 }),
    ],
  ] as const)('and the momentum of %s may be schedules', (_, make) => {
    const parameters = one();
    const optimizer = make(parameters, { learningRate: 1, momentum: (iteration) => iteration.div(2) });
    const values = [0, 1, 2].map(() => (optimizer.step(gradients), parameters.w.item()));
    expect(values).toEqual([-1, -2.5, -5]);
  });

  test('must be one number', () => {
    const parameters = one();
    const optimizer = sgd(parameters, { learningRate: () => tensor([0.1]) });
    expect(() => optimizer.step(gradients)).toThrow(
      new ShapeError(
        'sgd: the rate of the schedule must have shape [], got [1]. Reshape it, or check where it comes from.',
      ),
    );
    expect(parameters.w.item()).toBe(0);
  });

  test('must be a tensor, so that it can be compiled', () => {
    const learningRate = (() => 0.1) as unknown as () => ReturnType<typeof tensor>;
    expect(() => sgd(one(), { learningRate }).step(gradients)).toThrow(
      new DTypeError('sgd: the rate of the schedule: expected a tensor, got 0.1. Write tensor(value).'),
    );
  });

  test.each([Number.NaN, Infinity, -1])('cannot be %s', (learningRate) => {
    expect(() => sgd(one(), { learningRate })).toThrow(
      new RangeError(
        `sgd: learningRate must be a finite number of at least 0, got ${learningRate}. Leave it out for the default.`,
      ),
    );
  });

  test('cannot be text', () => {
    expect(() => sgd(one(), { learningRate: '0.1' as unknown as number })).toThrow(
      new TypeError(
        'sgd: learningRate must be a finite number of at least 0, got string. Leave it out for the default.',
      ),
    );
  });
});
