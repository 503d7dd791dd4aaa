import { DTypeError, tensor, variable, version } from '@nn/tensor';
import { expect, test, vi } from 'vitest';
import { loadParameters, ParametersError } from './load-parameters.ts';

const model = () => ({
  weight: variable(
    tensor([
      [1, 2],
      [3, 4],
    ]),
  ),
  bias: variable(tensor([5, 6])),
});

test('parameters take the values of the tensors that have their names', () => {
  const { weight, bias } = model();
  loadParameters(
    { weight, bias },
    {
      bias: tensor([0, 1]),
      weight: tensor([
        [2, 3],
        [4, 5],
      ]),
    },
  );
  expect(weight.toArray()).toEqual([
    [2, 3],
    [4, 5],
  ]);
  expect(bias.toArray()).toEqual([0, 1]);
});

test('every name that does not fit is listed, and no parameter changes', () => {
  const { weight, bias } = model();
  const step = variable(tensor(0, { dtype: 'int32' }));
  const load = (): void =>
    loadParameters(
      { weight, bias, step, constructor: variable(tensor([1])) },
      {
        weight: tensor([
          [9, 9],
          [9, 9],
        ]),
        bias: tensor([1, 2, 3]),
        step: tensor(1),
        extra: tensor([1]),
      },
    );
  expect(load).toThrow(
    'loadParameters: the tensors do not fit the parameters. No parameter was changed.\n' +
      '  missing: constructor\n' +
      '  unexpected: extra\n' +
      '  other shape or dtype: bias (float32 [2], got float32 [3]), step (int32 [], got float32 [])\n' +
      'Build the model as it was when it was saved, or rename and reshape the tensors.',
  );
  expect(weight.toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(bias.toArray()).toEqual([5, 6]);
});

test('the error carries the names for programs', () => {
  const { bias } = model();
  let caught: unknown;
  try {
    loadParameters({ bias }, { beta: tensor([1, 2]) });
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ParametersError);
  expect(caught).toMatchObject({ name: 'ParametersError', missing: ['bias'], unexpected: ['beta'], mismatched: [] });
  expect((caught as Error).message).not.toContain('dtype');
});

test('a value that is not a tensor is refused before any parameter changes', () => {
  const { weight, bias } = model();
  const load = (): void =>
    loadParameters(
      { weight, bias },
      {
        weight: tensor([
          [0, 0],
          [0, 0],
        ]),
        bias: [1, 2] as never,
      },
    );
  expect(load).toThrow(new DTypeError('loadParameters: bias: expected a tensor, got an array. Write tensor(value).'));
  expect(weight.toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a tensor of another copy of @nn/tensor is refused with both versions', async () => {
  const { bias } = model();
  vi.resetModules();
  const theirs = await import('@nn/tensor');
  expect(() => loadParameters({ bias }, { bias: theirs.tensor([1, 2]) as never })).toThrow(
    new DTypeError(
      `loadParameters: bias: this tensor was made by another copy of @nn/tensor (version ${theirs.version}) than this one ` +
        `(version ${version}). Run "npm ls @nn/tensor" and align them.`,
    ),
  );
  expect(bias.toArray()).toEqual([5, 6]);
});
