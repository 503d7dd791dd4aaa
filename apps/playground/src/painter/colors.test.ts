import { describe, expect, test } from 'vitest';
import { domainOf, gridOver } from './domain.ts';
import { maxAbs } from './heatmap.ts';
import { classColorsOf, mixed, packed, paletteOf, colorIndex } from './palette.ts';
import { margins, classProbabilities } from './class-probabilities.ts';

describe('class probabilities', () => {
  test('of softmax outputs are unchanged', () => {
    expect(Array.from(classProbabilities([0.25, 0.75, 0.5, 0.5], 2, 2))).toEqual([0.25, 0.75, 0.5, 0.5]);
  });

  test('of one linear output depend on its sign', () => {
    expect(Array.from(classProbabilities([1, -1, 0, 7], 1, 2))).toEqual([1, 0, 0, 1, 0.5, 0.5, 1, 0]);
  });

  test('the margin is the probability minus the largest other one', () => {
    const margin = margins(Float32Array.from([0.5, 0.25, 0.25, 0, 0.25, 0.75]), 3, 0);
    expect(Array.from(margin)).toEqual([0.25, -0.75]);
  });
});

describe('colours', () => {
  test('of the diverging colour map run from negative through the background to positive', () => {
    expect([-1, 0, 1, -9, 9].map((value) => colorIndex(value, 1))).toEqual([0, 127, 255, 0, 255]);
    expect(colorIndex(NaN, 1)).toBe(127);
    const { diverging, paper } = paletteOf({ dark: false, ratio: 1 });
    expect(diverging).toHaveLength(256);
    expect(diverging[127]).toBe(packed(mixed(paper, [213, 94, 0], 0.9 * (0.5 / 127.5))));
  });

  test('are packed as red, green, blue and opaque alpha', () => {
    const bytes = new Uint8Array(Uint32Array.of(packed([1, 2, 3])).buffer);
    expect(Array.from(bytes)).toEqual([1, 2, 3, 255]);
  });

  test('of eight classes are distinct in light and dark mode', () => {
    for (const dark of [false, true]) expect(new Set(classColorsOf({ dark }).map(String)).size).toBe(8);
  });

  test('are scaled by the largest finite absolute value', () => {
    expect(maxAbs(Float32Array.from([1, -3, Infinity, NaN]))).toBe(3);
    expect(maxAbs(Float32Array.from([0, 0]))).toBe(1);
  });
});

describe('the domain', () => {
  const points = (x: number[], y: number[]) => ({
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    trained: y.length,
  });

  test('of two inputs is a square around all points', () => {
    const { x, y } = domainOf(points([0, 0, 2, 1], [0, 1]), 2);
    expect(x[1] - x[0]).toBeCloseTo(y[1] - y[0], 12);
    expect(x[1] - x[0]).toBeCloseTo(2 * 1.16, 12);
    expect((y[0] + y[1]) / 2).toBeCloseTo(0.5, 12);
  });

  test('of one input has the targets on the vertical axis', () => {
    const { x, y } = domainOf(points([0, 1], [-1, 1]), 1);
    expect([x[0] < 0, x[1] > 1, y[0] < -1, y[1] > 1]).toEqual([true, true, true, true]);
  });

  test('of one point or none has a positive size', () => {
    for (const [x, y] of [
      [[1, 1], [0]],
      [[], []],
    ] as const) {
      const { x: across } = domainOf(points([...x], [...y]), 2);
      expect(across[1]).toBeGreaterThan(across[0]);
    }
  });

  test('is covered by a grid, row by row from the top', () => {
    const grid = gridOver({ x: [0, 2], y: [0, 4] }, 2, 2);
    expect(Array.from(grid)).toEqual([0.5, 3, 1.5, 3, 0.5, 1, 1.5, 1]);
    expect(Array.from(gridOver({ x: [0, 2], y: [0, 4] }, 2, 1))).toEqual([0.5, 1.5]);
  });
});
