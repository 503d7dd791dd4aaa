import { DTypeError, gradients, tensor, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { type Evaluation, lbfgs, type LbfgsOptions } from './lbfgs.ts';

/** Rosenbrock's function, (1 − x)² + 100 (y − x²)², whose minimum is at (1, 1). */
function rosenbrock() {
  const point = variable(tensor([-1.2, 1], { dtype: 'float64' }) as Tensor, { name: 'point' });
  const evaluate = (): Evaluation => {
    const [x, y] = [point.slice(0), point.slice(1)];
    const loss = x
      .sub(1)
      .pow(2)
      .add(y.sub(x.mul(x)).pow(2).mul(100));
    return { loss, gradients: gradients(loss, { point }) };
  };
  return { point, evaluate };
}

describe('lbfgs', () => {
  // The gradient is 2 · 4 = 8, so the first move is 1/8 · 8 = 1; then H = 1/2 is exact.
  test('finds the minimum of a parabola in two moves', () => {
    const w = variable(tensor(5, { dtype: 'float64' }) as Tensor);
    const path: number[] = [];
    const evaluate = (): Evaluation => {
      path.push(w.item());
      const loss = w.sub(1).pow(2);
      return { loss, gradients: gradients(loss, { w }) };
    };
    expect(lbfgs({ w }).step(evaluate)).toBe(16);
    expect(path).toEqual([5, 4, 1]);
  });

  test('follows a curved valley', () => {
    const { point, evaluate } = rosenbrock();
    const optimizer = lbfgs({ point }, { learningRate: 0.5, changeTolerance: 0 });
    for (let step = 0; step < 20; step++) optimizer.step(evaluate);
    for (const value of point.data) expect(value).toBeCloseTo(1, 6);
  });

  test('evaluates no more often than it may', () => {
    let evaluations = 0;
    const { point, evaluate } = rosenbrock();
    const counting = (): Evaluation => (evaluations++, evaluate());
    const optimizer = lbfgs({ point }, { maxIterations: 4, maxEvaluations: 3 });
    optimizer.step(counting);
    expect([evaluations, optimizer.iterations.item()]).toEqual([3, 2]);
  });

  test('stands still where the gradient is 0', () => {
    const w = variable(tensor([1]) as Tensor);
    const optimizer = lbfgs({ w });
    optimizer.step(() => ({ loss: tensor(7), gradients: { w: tensor([0]) } }));
    expect([w.item(), optimizer.iterations.item()]).toEqual([1, 0]);
  });

  test('forgets the oldest moves', () => {
    const { point, evaluate } = rosenbrock();
    const optimizer = lbfgs({ point }, { history: 2, maxIterations: 9 });
    optimizer.step(evaluate);
    expect(optimizer.state['moves']!.shape).toEqual([2, 2]);
    expect(optimizer.state['pairs']!.item()).toBe(2);
  });

  test('continues bit for bit from saved parameters and state', () => {
    const options: LbfgsOptions = { learningRate: 0.5, maxIterations: 3, history: 4 };
    const through = rosenbrock();
    const unbroken = lbfgs({ point: through.point }, options);
    for (let step = 0; step < 6; step++) unbroken.step(through.evaluate);

    const early = rosenbrock();
    const first = lbfgs({ point: early.point }, options);
    for (let step = 0; step < 3; step++) first.step(early.evaluate);
    const late = rosenbrock();
    const second = lbfgs({ point: late.point }, options);
    late.point.assign(early.point);
    for (const [name, value] of Object.entries(first.state)) second.state[name]!.assign(value);
    for (let step = 3; step < 6; step++) second.step(late.evaluate);

    expect([...late.point.data]).toEqual([...through.point.data]);
    for (const [name, { data }] of Object.entries(unbroken.state)) expect(second.state[name]!.data).toEqual(data);
  });

  test('refuses gradients of other parameters, no parameters and no moves', () => {
    const w = variable(tensor([1]) as Tensor);
    expect(() => lbfgs({ w }).step(() => ({ loss: tensor(7), gradients: {} }))).toThrow(
      new DTypeError(
        `lbfgs: parameters and gradients must have the same names, but 'w' is in one of them only. ` +
          `Write step(gradients(loss, parameters)).`,
      ),
    );
    expect(() => lbfgs({})).toThrow(new TypeError('lbfgs: there are no parameters to train. Pass model.parameters.'));
    expect(() => lbfgs({ w }, { maxIterations: 0 })).toThrow(
      new RangeError('lbfgs: maxIterations must be a positive integer, got 0. Leave it out for the default.'),
    );
  });
});
