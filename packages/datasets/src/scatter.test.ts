import { generator, randomState, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { disk } from './disk.ts';
import { xor } from './xor.ts';
import { plane } from './plane.ts';
import { rings } from './rings.ts';

/** How far each point lies from the origin. */
const radii = ({ x }: { readonly x: { readonly data: ArrayLike<number> } }): number[] =>
  Array.from({ length: x.data.length / 2 }, (_, row) => Math.hypot(x.data[row * 2]!, x.data[row * 2 + 1]!));

describe.each([
  ['disk', disk],
  ['rings', rings],
  ['xor', xor],
  ['plane', plane],
] as const)('%s', (name, draw) => {
  test('has the requested number of points, equal ones for equal seeds', () => {
    const [once, again] = [draw({ samples: 7, random: randomState(1) }), draw({ samples: 7, random: randomState(1) })];
    expect(once.x.shape).toEqual([7, 2]);
    expect(once.y.shape[0]).toBe(7);
    expect(once.x.toArray()).toEqual(again.x.toArray());
    expect(once.x.dtype).toBe('float32');
  });

  test('without noise draws none, and with noise the points stray by its standard deviation', () => {
    const options = { samples: 20_000, dtype: 'float64' } as const;
    const plain = draw({ ...options, random: generator(1) });
    const noisy = draw({ ...options, noise: 0.1, random: generator(1) });
    const noise: Tensor = name === 'plane' ? (noisy.y as Tensor).sub(plain.y as Tensor) : noisy.x.sub(plain.x);
    expect(noise.std().item()).toBeCloseTo(0.1, 2);
    expect(noise.mean().item()).toBeCloseTo(0, 2);
  });

  test('refuses counts, noise and generators that are none', () => {
    const random = randomState(0);
    expect(() => draw({ samples: 1.5, random })).toThrow(`${name}: samples must be a positive integer, got 1.5.`);
    expect(() => draw({ noise: -1, random })).toThrow(`${name}: noise must be a finite number, at least 0, got -1.`);
    expect(() => draw({} as { random: typeof random })).toThrow(`${name}: random must be a generator, got none.`);
    expect(random.uniform([1]).item()).toBe(randomState(0).uniform([1]).item());
  });
});

test('rings lie at equal distances, the innermost first', () => {
  const data = rings({ samples: 8, classes: 4, random: randomState(0), dtype: 'float64' });
  expect(Array.from(data.y.data)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  for (const [row, radius] of radii(data).entries()) expect(radius).toBeCloseTo((data.y.data[row]! + 1) / 4, 12);
});

test('a disk is parted from the ring around it', () => {
  const data = disk({ samples: 401, random: randomState(0) });
  const distances = radii(data);
  const of = (label: number): number[] => distances.filter((_, row) => data.y.data[row] === label);
  expect([of(0).length, of(1).length]).toEqual([201, 200]);
  expect(Math.min(...of(0))).toBeGreaterThanOrEqual(0.7);
  expect(Math.max(...of(1))).toBeLessThanOrEqual(0.5);
});

test('xor is 1 where the signs differ, and leaves the axes free', () => {
  const { x, y } = xor({ samples: 500, random: randomState(0) });
  const rows = x.toArray() as [number, number][];
  expect(Array.from(y.data)).toEqual(rows.map(([first, second]) => Number(first < 0 !== second < 0)));
  expect(x.abs().min().item()).toBeGreaterThanOrEqual(Math.fround(0.05) - 1e-7);
  expect(x.abs().max().item()).toBeLessThanOrEqual(1);
  expect(new Set(y.data).size).toBe(2);
});

test('a plane rises by half along each axis', () => {
  const { x, y } = plane({ samples: 50, random: randomState(0), dtype: 'float64' });
  expect(
    y
      .sub(x.mean(1, { keepdims: true }))
      .abs()
      .max()
      .item(),
  ).toBeLessThan(1e-15);
});
