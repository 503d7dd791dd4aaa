import { expect, test } from 'vitest';
import { linspace } from './creation.ts';

// The values that NumPy 2.4.6 gives, np.linspace(start, stop, count, dtype='int32').
test.each([
  [-5, 5, [-5, -2, 1, 5]],
  [0.5, -0.5, [0, 0, -1]],
  [-0.5, -3.5, [-1, -1, -2, -2, -3, -3, -4]],
  [0, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  [-1.5, -1.5, [-2]],
])('linspace from %d to %d in int32 rounds down, as NumPy does', (start, stop, values) => {
  const spaced = linspace(start, stop, { count: values.length, dtype: 'int32' });
  expect([spaced.dtype, ...spaced.data]).toEqual(['int32', ...values]);
});
