import { describe, expect, test } from 'vitest';
import { trace } from '../../compile/trace.ts';
import { type Tensor, zeros } from '../../index.ts';
import { fuse } from '../../loops/fuse.ts';
import { chunkOf } from './chunks.ts';

/** Everything is worth sharing, in the smallest chunks that there can be. */
const finest = { worthwhile: 1, least: 0, most: Infinity };

/** The rows of each group of a function, and how many of them a thread takes at a time. */
function shares(step: (...args: Tensor[]) => Tensor, args: readonly Tensor[], grain?: typeof finest): string[] {
  const { groups } = fuse(trace(step as never, args).program);
  return groups.map((group) => `${chunkOf(group, true, grain)} of ${group.rows}`);
}

describe('threads share', () => {
  test.each<readonly [string, string, (a: Tensor, b: Tensor) => Tensor, readonly Tensor[]]>([
    ['a map', '4 of 120', (a) => a.mul(2), [zeros([120, 8])]],
    ['a map of numbers in a row', '4 of 960', (a) => a.mul(2), [zeros([960])]],
    ['a product, by the rows of a tile', '6 of 120', (a, b) => a.matmul(b), [zeros([120, 8]), zeros([8, 32])]],
    ['a product of a batch, by matrices', '1 of 5', (a, b) => a.matmul(b), [zeros([5, 8, 8]), zeros([5, 8, 8])]],
    ['sums along rows', '4 of 120', (a) => a.sum(1), [zeros([120, 64])]],
    ['sums of short rows', '4 of 120', (a) => a.sum(1), [zeros([120, 8])]],
    ['sums of columns, in wide vectors', '16 of 120', (a) => a.sum(0), [zeros([64, 120])]],
    ['rows that are picked', '4 of 120', (a, b) => a.take(b, 0), [zeros([9, 8]), zeros([120], { dtype: 'int32' })]],
    [
      'sums into buffers along the columns',
      '4 of 120',
      (a, b) => zeros([120, 9]).scatterAdd(b, a, 1),
      [zeros([120, 8]), zeros([120, 8], { dtype: 'int32' })],
    ],
  ])('%s', (_, wanted, step, args) => {
    expect(shares(step as never, args, finest).at(-1)).toBe(wanted);
  });

  test('what is not apart by rows not at all', () => {
    // Rows of indices may meet in one buffer.
    const scattered = shares(
      (a, b) => zeros([9, 8]).scatterAdd(b!, a!, 0),
      [zeros([120, 8]), zeros([120, 8], { dtype: 'int32' })],
      finest,
    );
    expect(scattered.at(-1)).toBe('1 of 1');
    expect(shares((a) => a!.sum(), [zeros([120, 8])], finest).at(-1)).toBe('1 of 1');
  });

  test('rows of a pass that all of its loops can be taken through', () => {
    // Six rows for the product, four for the map.
    expect(shares((a, b) => a!.matmul(b!).sin().add(1), [zeros([120, 8]), zeros([8, 32])], finest)).toEqual([
      '12 of 120',
    ]);
  });

  test('work that is worth it, and chunks of some size', () => {
    const product = (m: number): string[] => shares((a, b) => a!.matmul(b!), [zeros([m, 100]), zeros([100, 100])]);
    // A million products is enough; a chunk has 100,000 of them, or a 32nd of all.
    expect(product(99)).toEqual(['99 of 99']);
    expect(product(102)).toEqual(['12 of 102']);
    expect(product(1000)).toEqual(['36 of 1000']);
    // A sum reads a number and adds it.
    expect(shares((x) => x!.sum(1), [zeros([1000, 600])])).toEqual(['84 of 1000']);
    // A number that is read, one that is added and the law are three steps each; what does not lie side by side is read one
    // by one, which is four steps instead of one.
    expect(shares((a) => a!.add(1), [zeros([1000, 250])])).toEqual(['1000 of 1000']);
    expect(shares((a) => a!.slice([], [null, null, 2]).add(1), [zeros([1000, 500])])).toEqual(['68 of 1000']);
  });

  test('no chunk that would take a thread too long: it would count as lost', () => {
    const square = (n: number): string[] =>
      shares((a, b) => a!.expand([12, n]).matmul(b!.expand([n, n])), [zeros([1, 1]), zeros([1, 1])]);
    // Six rows of 4 million products each, and of 25 million.
    expect(square(2000)).toEqual(['6 of 12']);
    expect(square(5000)).toEqual(['12 of 12']);
  });
});
