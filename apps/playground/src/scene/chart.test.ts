import { expect, test } from 'vitest';
import { chartOf, nearest, roundUp } from './chart.ts';
import { linePath } from './line-path.ts';

test('the axis ends at the next round number', () => {
  expect([1.0986, 1.2, 0.07, 23.2, 99, 101].map(roundUp)).toEqual([1.2, 1.2, 0.08, 30, 100, 120]);
  expect([0, NaN, Infinity].map(roundUp)).toEqual([1, 1, 1]);
});

test('values and epochs map to coordinates inside the chart', () => {
  const { toX, toY, ticks } = chartOf({ width: 100, height: 50, from: 10, to: 20, max: 0.9, top: 1 });
  expect([toX(10), toX(15), toX(20)]).toEqual([0, 50, 100]);
  expect([toY(0), toY(0.5), toY(1), toY(7), toY(-1)]).toEqual([50, 25, 0, 0, 50]);
  expect(ticks).toEqual([0, 0.5, 1]);
});

test('a chart of one epoch does not divide by 0', () => {
  expect(chartOf({ width: 100, height: 50, from: 3, to: 3, max: 1 }).toX(3)).toBe(0);
});

test('finds the nearest epoch', () => {
  expect([-5, 4, 6, 99].map((epoch) => nearest([0, 5, 10], epoch))).toEqual([0, 1, 1, 2]);
});

test('a line is interrupted at non-finite values', () => {
  const points = [
    [0, 1],
    [1, 2],
    [2, NaN],
    [3, 1],
    [4, 0.126],
  ] as const;
  expect(linePath(points)).toBe('M0.00,1.00L1.00,2.00M3.00,1.00L4.00,0.13');
  expect(linePath([])).toBe('');
});
