import { describe, expect, test } from 'vitest';
import { fromTypedArray, ShapeError, stack, type Tensor, tensor, zeros } from './index.ts';
import { broadcastShapes, checkShape, largestSize, normalizeAxes, normalizeAxis } from './shape.ts';

describe('shapes', () => {
  test('broadcast by lengths that are equal or 1, counted from the right', () => {
    expect(broadcastShapes([2, 3], [3], 'add')).toEqual([2, 3]);
    expect(broadcastShapes([2, 1], [4], 'add')).toEqual([2, 4]);
    expect(broadcastShapes([], [0, 1], 'add')).toEqual([0, 1]);
  });

  test.each([
    [
      [2, 3],
      [2],
      'add: shapes [2, 3] and [2] do not broadcast',
      'add: shapes [2, 3] and [2] do not broadcast: counted from the right, lengths must be equal or 1, but 3 and 2 differ. Did you mean b.expandDims(1)?',
    ],
    [[2, 3], [3, 2], 'but 2 and 3 differ', 'Did you mean b.T?'],
    [
      [4],
      [3],
      'but 4 and 3 differ',
      'add: shapes [4] and [3] do not broadcast: counted from the right, lengths must be equal or 1, but 4 and 3 differ. Reshape one of them.',
    ],
  ])('%j and %j do not broadcast, and the error says how to fix it', (a, b, ...beats) => {
    for (const beat of beats) expect(() => broadcastShapes(a, b, 'add')).toThrow(beat);
  });

  test.each([[-1], [1.5], [Number.NaN], [Infinity]])('a length of %d is refused', (length) => {
    expect(() => checkShape([2, length], 'zeros')).toThrow(`got [2, ${length}]`);
  });

  test('a rank above 64 is refused by all functions that make shapes', () => {
    const ones = (rank: number): number[] => Array.from({ length: rank }, () => 1);
    expect(fromTypedArray(new Float32Array(1), ones(64)).rank).toBe(64);
    const nested = (depth: number): never => Array.from({ length: depth }).reduce((inner) => [inner], 7) as never;
    const endless: unknown[] = [];
    endless[0] = endless;
    const most = tensor([7]).reshape(ones(64)) as Tensor;
    for (const make of [
      () => zeros(ones(65)),
      () => zeros(ones(20_000)),
      () => fromTypedArray(new Float32Array(1), ones(20_000)),
      () => tensor(nested(20_000)),
      () => tensor(endless as never),
      () => most.expandDims(0),
      () => most.reshape(ones(65)),
      () => most.expand(ones(65)),
      () => stack([most, most]),
      () => most.take(tensor([[0]], { dtype: 'int32' }), 0),
      () => most.dot(most),
    ]) {
      expect(make).toThrow(ShapeError);
      expect(make).toThrow(/a tensor has at most 64 axes, got \d+\. Reshape it to fewer\.$/);
    }
  });

  test('axes count from both ends and may not repeat', () => {
    expect([normalizeAxis(-1, 3, 'sum'), normalizeAxis(2, 3, 'sum')]).toEqual([2, 2]);
    expect(normalizeAxes([-1, 0], 3, 'sum')).toEqual([0, 2]);
    expect(() => normalizeAxis(3, 3, 'sum')).toThrow('sum: there is no axis 3: axes go from -3 to 2. Check x.shape.');
    expect(() => normalizeAxes([0, -3], 3, 'sum')).toThrow('axis 0 is listed twice');
  });

  test('the largest size is allowed, and a larger one is refused before anything is allocated', () => {
    const one = tensor(1) as Tensor;
    expect(one.expand([largestSize - 1]).size).toBe(largestSize - 1);
    expect(one.expand([largestSize]).size).toBe(largestSize);
    expect(() => one.expand([2, 2 ** 30])).toThrow(`a tensor holds at most ${largestSize}`);
  });
});
