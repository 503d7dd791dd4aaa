import { tensor, variable } from '@nn/tensor';
import { expect, test } from 'vitest';
import { identity } from './identity.ts';

test('of a variable is the value it has at the time', () => {
  const weight = variable(tensor([1, 2]));
  const before = identity(weight);
  weight.assign(tensor([5, 6]));
  expect(before.toArray()).toEqual([1, 2]);
  expect(identity(weight).toArray()).toEqual([5, 6]);
});
