import { compile, tensor, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { imputer, type ImputerOptions } from './imputer.ts';

// Columns 1, 2, 2, 9 and 5, 3 with two missing.
const x = tensor([
  [9, NaN],
  [2, 5],
  [1, 3],
  [2, NaN],
]);

test.each<[ImputerOptions, readonly number[]]>([
  [{}, [3.5, 4]],
  [{ strategy: 'median' }, [2, 4]],
  // 3 and 5 are there once each: the smaller one.
  [{ strategy: 'mostFrequent' }, [2, 3]],
  [{ strategy: 'constant' }, [0, 0]],
  [{ strategy: 'constant', value: -1 }, [-1, -1]],
])('%o fills up with the numbers of scikit-learn', (options, fill) => {
  const imputing = imputer(options).fit(x as Tensor);
  expect(imputing.fill.toArray()).toEqual(fill);
  expect(imputing.fill.dtype).toBe('float64');
  expect(
    imputing
      .transform(
        tensor([
          [NaN, NaN],
          [7, NaN],
        ]),
      )
      .toArray(),
  ).toEqual([fill, [7, fill[1]]]);
});

test('the median of an odd count is the middle one', () => {
  expect(
    imputer({ strategy: 'median' })
      .fit(tensor([[9], [1], [4], [NaN]]))
      .fill.toArray(),
  ).toEqual([4]);
});

test('the dtype stays, integers become float32, and rows may have more axes', () => {
  const { transform } = imputer().fit(tensor([[[1], [2]]]));
  const dtypes = (['float64', 'float32', 'int32'] as const).map(
    (dtype) => transform(tensor([[[1], [2]]], { dtype })).dtype,
  );
  expect(dtypes).toEqual(['float64', 'float32', 'float32']);
});

test('a compiled function may fill up', () => {
  const { transform } = imputer().fit(x as Tensor);
  const both = (rows: Tensor): Tensor => transform(rows);
  expect(compile(both, wasm)(x as Tensor).data).toEqual(both(x as Tensor).data);
});

test('what cannot be learned is refused', () => {
  expect(() => imputer().fit(tensor([[1, NaN]]))).toThrow(
    new RangeError(
      'imputer: column 1 has no number to learn from, only NaN. Leave the column out, or use the strategy constant.',
    ),
  );
  expect(() => imputer().fit(tensor([[Infinity]]))).toThrow(RangeError);
  expect(() => imputer({ strategy: 'mode' as 'mean' })).toThrow(
    new TypeError(
      'imputer: strategy must be one of mean, median, mostFrequent, constant, got mode. Leave it out for mean.',
    ),
  );
  expect(() => imputer({ value: 3 })).toThrow(
    new TypeError(
      "imputer: value is for the strategy constant, got it for mean. Write { strategy: 'constant', value: 3 }.",
    ),
  );
  expect(() =>
    imputer()
      .fit(x as Tensor)
      .transform(tensor([[1]])),
  ).toThrow('was learned from rows of shape [2]');
});
