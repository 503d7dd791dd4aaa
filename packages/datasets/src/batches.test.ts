import { arange, permutation, randomState, tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { batches } from './batches.ts';

const data = { x: arange(20).reshape([10, 2]), y: arange(10) };
const labels = (parts: Iterable<{ readonly y: { readonly data: ArrayLike<number> } }>) =>
  Array.from(parts, ({ y }) => Array.from(y.data));

describe('batches', () => {
  test('keep the rows in their order, the last batch shorter', () => {
    const parts = batches(data, { size: 4 });
    expect(parts.count).toBe(3);
    expect(labels(parts)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(Array.from(parts, ({ x }) => x.shape)).toEqual([
      [4, 2],
      [4, 2],
      [2, 2],
    ]);
  });

  test('may leave the shorter last batch out', () => {
    const parts = batches(data, { size: 4, dropLast: true });
    expect(parts.count).toBe(2);
    expect(labels(parts).flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(labels(batches(data, { size: 5, dropLast: true }))).toHaveLength(2);
  });

  test('are shuffled again for every epoch, each row once, x with its y', () => {
    const parts = batches(data, { size: 3, random: randomState(0) });
    const [first, second] = [labels(parts).flat(), labels(parts).flat()];
    expect(first).not.toEqual(second);
    for (const epoch of [first, second]) expect(epoch.toSorted((a, b) => a - b)).toEqual([...data.y.data]);
    for (const { x, y } of parts) expect(x.toArray()).toEqual(Array.from(y.data, (row) => [2 * row, 2 * row + 1]));
  });

  test('of equal seeds are equal, one permutation drawn per epoch', () => {
    const random = randomState(3);
    const parts = batches(data, { size: 3, random });
    const drawn = randomState(3);
    for (let epoch = 0; epoch < 3; epoch++) {
      expect(labels(parts).flat()).toEqual(Array.from(permutation(drawn, 10).data));
    }
  });

  test('left early do not move the next epoch', () => {
    const [whole, part] = [
      batches(data, { size: 3, random: randomState(4) }),
      batches(data, { size: 3, random: randomState(4) }),
    ];
    labels(whole);
    for (const _ of part) break;
    expect(labels(part)).toEqual(labels(whole));
  });

  test('may hold all rows, or one', () => {
    expect(labels(batches(data, { size: 10 }))).toHaveLength(1);
    expect(labels(batches(data, { size: 1 }))).toHaveLength(10);
  });

  test('draw nothing before an epoch begins', () => {
    const random = randomState(5);
    batches(data, { size: 3, random });
    expect(random.uniform([1]).item()).toBe(randomState(5).uniform([1]).item());
  });

  test('keep the dtypes, booleans too', () => {
    const [part] = batches({ x: tensor([true, false]), y: arange(2) }, { size: 2, random: randomState(0) });
    expect([part!.x.dtype, part!.y.dtype]).toEqual(['bool', 'int32']);
  });

  test.for([11, 0, -1, 2.5, NaN])('of %d rows are refused at the call', (size) => {
    expect(() => batches(data, { size })).toThrow(
      `batches: size must be an integer from 1 to 10, the number of rows, got ${size}. ` +
        (size > 10 ? 'Write size: 10 for all rows at once.' : 'Powers of two from 16 to 128 are usual.'),
    );
  });
});

describe('balanced batches', () => {
  // Classes of 6, 3 and 1 rows.
  const y = tensor([0, 0, 1, 0, 0, 2, 1, 0, 1, 0], { dtype: 'int32' });
  const skewed = { x: arange(10), y };
  const countsOf = (part: { readonly y: { readonly data: ArrayLike<number> } }) =>
    [0, 1, 2].map((label) => Array.from(part.y.data).filter((one) => one === label).length);

  test('hold equally many rows of each class', () => {
    const parts = Array.from(batches(skewed, { size: 3, random: randomState(0), balanced: true }));
    expect(parts.map(countsOf).slice(0, 3)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(parts).toHaveLength(4);
    for (const part of parts) expect(part.y.data).toEqual(y.take(part.x, 0).data);
  });

  test('take each row of a class once before one comes again', () => {
    const [part] = batches(skewed, { size: 9, random: randomState(1), balanced: true });
    const rowsOfClass = (label: number) => Array.from(part!.x.data).filter((row) => y.data[row] === label);
    expect(new Set(rowsOfClass(0)).size).toBe(3);
    expect(rowsOfClass(1).toSorted((a, b) => a - b)).toEqual([2, 6, 8]);
    expect(rowsOfClass(2)).toEqual([5, 5, 5]);
  });

  test('of equal seeds are equal, and differ from epoch to epoch', () => {
    const order = (seed: number) => batches(skewed, { size: 10, random: randomState(seed), balanced: true });
    const [one, other] = [order(2), order(2)];
    const epochs = [0, 1].map(() => {
      const [[first], [second]] = [Array.from(one), Array.from(other)];
      expect(first!.x.data).toEqual(second!.x.data);
      return String(first!.x);
    });
    expect(epochs[0]).not.toBe(epochs[1]);
  });

  test('need a generator, and class indices', () => {
    expect(() => batches(skewed, { size: 3, balanced: true })).toThrow(
      new TypeError(
        'batches: balanced batches are drawn, so they need a generator, got none. ' +
          'Write { random: generator(0), balanced: true }.',
      ),
    );
    const numbers = { x: skewed.x, y: y.cast('float32') };
    expect(() => batches(numbers, { size: 3, random: randomState(0), balanced: true })).toThrow(/int32/);
  });
});
