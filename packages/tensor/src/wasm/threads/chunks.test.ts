import { describe, expect, test } from 'vitest';
import { trace } from '../../compile/trace.ts';
import { type Tensor, zeros } from '../../index.ts';
import { fuse } from '../../loops/fuse.ts';
import { chunkOf } from './chunks.ts';

/** Shares every loop, in the smallest chunks. */
const smallest = { minimumWork: 1, minimumChunk: 0, maximumChunks: Infinity };

/** The chunk size and the rows of each fusion group of a function. */
function chunks(step: (...args: Tensor[]) => Tensor, args: readonly Tensor[], policy?: typeof smallest): string[] {
  const { groups } = fuse(trace(step as never, args).program);
  return groups.map((group) => `${chunkOf(group, true, policy)} of ${group.rows}`);
}

describe('the chunks of', () => {
  test.each<readonly [string, string, (a: Tensor, b: Tensor) => Tensor, readonly Tensor[]]>([
    ['a map', '4 of 120', (a) => a.mul(2), [zeros([120, 8])]],
    ['a map of a vector', '4 of 960', (a) => a.mul(2), [zeros([960])]],
    ['a product have the rows of a tile', '6 of 120', (a, b) => a.matmul(b), [zeros([120, 8]), zeros([8, 32])]],
    ['a batched product are matrices', '1 of 5', (a, b) => a.matmul(b), [zeros([5, 8, 8]), zeros([5, 8, 8])]],
    ['sums along rows', '4 of 120', (a) => a.sum(1), [zeros([120, 64])]],
    ['sums of short rows', '4 of 120', (a) => a.sum(1), [zeros([120, 8])]],
    ['sums of columns have the width of several vectors', '16 of 120', (a) => a.sum(0), [zeros([64, 120])]],
    ['gathered rows', '4 of 120', (a, b) => a.take(b, 0), [zeros([9, 8]), zeros([120], { dtype: 'int32' })]],
    [
      'a scatter along the columns',
      '4 of 120',
      (a, b) => zeros([120, 9]).scatterAdd(b, a, 1),
      [zeros([120, 8]), zeros([120, 8], { dtype: 'int32' })],
    ],
  ])('%s', (_, wanted, step, args) => {
    expect(chunks(step as never, args, smallest).at(-1)).toBe(wanted);
  });

  test('loops whose rows are not independent: one chunk', () => {
    // Two rows of indices may add to the same element.
    const scattered = chunks(
      (a, b) => zeros([9, 8]).scatterAdd(b!, a!, 0),
      [zeros([120, 8]), zeros([120, 8], { dtype: 'int32' })],
      smallest,
    );
    expect(scattered.at(-1)).toBe('1 of 1');
    expect(chunks((a) => a!.sum(), [zeros([120, 8])], smallest).at(-1)).toBe('1 of 1');
  });

  test('a group of several loops are common multiples of their row blocks', () => {
    // Six rows for the product, four for the map.
    expect(chunks((a, b) => a!.matmul(b!).sin().add(1), [zeros([120, 8]), zeros([8, 32])], smallest)).toEqual([
      '12 of 120',
    ]);
  });

  test('small loops: one chunk; of large loops: a minimum of work', () => {
    const product = (m: number): string[] => chunks((a, b) => a!.matmul(b!), [zeros([m, 100]), zeros([100, 100])]);
    // Loops are shared from a million products on. A chunk has 100,000 of them, or a 32nd of all.
    expect(product(99)).toEqual(['99 of 99']);
    expect(product(102)).toEqual(['12 of 102']);
    expect(product(1000)).toEqual(['36 of 1000']);
    // A sum takes two steps per element, a load and an addition.
    expect(chunks((x) => x!.sum(1), [zeros([1000, 600])])).toEqual(['84 of 1000']);
    // Two loads and an addition are three steps per element. A load of elements that are not contiguous is four steps.
    expect(chunks((a) => a!.add(1), [zeros([1000, 250])])).toEqual(['1000 of 1000']);
    expect(chunks((a) => a!.slice([], [null, null, 2]).add(1), [zeros([1000, 500])])).toEqual(['68 of 1000']);
  });

  test('loops with very long rows: one chunk, because a slow worker would count as lost', () => {
    const square = (n: number): string[] =>
      chunks((a, b) => a!.expand([12, n]).matmul(b!.expand([n, n])), [zeros([1, 1]), zeros([1, 1])]);
    // Six rows of 4 million products each, and of 25 million.
    expect(square(2000)).toEqual(['6 of 12']);
    expect(square(5000)).toEqual(['12 of 12']);
  });
});
