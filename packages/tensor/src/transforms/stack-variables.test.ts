import { expect, test } from 'vitest';
import { ShapeError, stackVariables, type Tensor, tensor, variable, Variable } from '../index.ts';

const model = (seed: number): { readonly w: Variable; readonly b: Variable } => ({
  w: variable(tensor([seed, 2], { dtype: 'float64' }) as Tensor, { name: 'w' }),
  b: variable(tensor(seed) as unknown as Tensor, { name: 'b' }),
});

test('stackVariables gives new variables with the values of all models', () => {
  const models = [model(3), model(4)];
  const stacked = stackVariables(models);
  expect(Object.entries(stacked).map(([name, one]) => [name, one.name, one.dtype, one.toArray()])).toEqual([
    [
      'w',
      'w',
      'float64',
      [
        [3, 2],
        [4, 2],
      ],
    ],
    ['b', 'b', 'float32', [3, 4]],
  ]);
  stacked.b.assign(tensor([0, 0]));
  expect(models[0]!.b.item()).toBe(3);
  expect(stacked.w).toBeInstanceOf(Variable);
});

test('stackVariables refuses no model, and models that differ', () => {
  expect(() => stackVariables([])).toThrow(
    new ShapeError('stackVariables: expected at least one model, got none. Check the list first.'),
  );
  expect(() => stackVariables([{ w: model(1).w }, { w: model(1).b }])).toThrow(
    new ShapeError(
      'stackVariables: model 1 has float32 under w, but model 0 has float64. Stack models that are built alike.',
    ),
  );
  expect(() => stackVariables<Record<string, Variable>>([{ w: model(1).w }, { v: model(1).w }])).toThrow(
    'model 1 has nothing under w',
  );
  expect(() => stackVariables<Record<string, Variable>>([{ w: model(1).w }, model(1)])).toThrow('model 0 has nothing');
  expect(() => stackVariables([{ w: model(1).b }, { w: variable(tensor([1])) as unknown as Variable }])).toThrow(
    ShapeError,
  );
});
