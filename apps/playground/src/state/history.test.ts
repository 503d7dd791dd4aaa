import { expect, test } from 'vitest';
import type { Report } from '../protocol.ts';
import { History } from './history.ts';

const report = (epoch: number): Report => ({
  epoch,
  metrics: [{ loss: epoch, accuracy: 0, testLoss: undefined, testAccuracy: undefined }],
});

test('keeps all reports up to the capacity', () => {
  const history = new History(10);
  for (let epoch = 0; epoch < 8; epoch++) history.add(report(epoch));
  expect(history.shown.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('keeps a bounded number of equally spaced reports, with the first and the latest', () => {
  const history = new History(100);
  for (let epoch = 0; epoch <= 12_345; epoch++) history.add(report(epoch));
  const epochs = history.shown.map(({ epoch }) => epoch);
  expect(epochs.length).toBeLessThanOrEqual(102);
  expect(epochs.length).toBeGreaterThan(45);
  expect([epochs[0], epochs.at(-1)]).toEqual([0, 12_345]);
  const gaps = epochs.slice(1, -1).map((epoch, at) => epoch - epochs[at]!);
  expect(new Set(gaps).size).toBe(1);
});

test('removes later reports after going back', () => {
  const history = new History(100);
  for (const epoch of [0, 1, 2, 3]) history.add(report(epoch));
  history.cutAfter(1);
  expect(history.latest?.epoch).toBe(1);
  history.add(report(1.5));
  expect(history.shown.map(({ epoch }) => epoch)).toEqual([0, 1, 1.5]);
});

test('ignores a second report of the same epoch', () => {
  const history = new History();
  history.add(report(1));
  history.add(report(1));
  expect(history.shown).toHaveLength(1);
});
