import { expect, test } from 'vitest';
import type { Report } from '../protocol.ts';
import { History } from './history.ts';

const report = (epoch: number): Report => ({
  epoch,
  metrics: [{ loss: epoch, accuracy: 0, testLoss: undefined, testAccuracy: undefined }],
});

test('few reports are all kept', () => {
  const history = new History(10);
  for (let epoch = 0; epoch < 8; epoch++) history.add(report(epoch));
  expect(history.shown.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('of many reports as many as there is room for are kept, evenly, with the first and the latest', () => {
  const history = new History(100);
  for (let epoch = 0; epoch <= 12_345; epoch++) history.add(report(epoch));
  const epochs = history.shown.map(({ epoch }) => epoch);
  expect(epochs.length).toBeLessThanOrEqual(102);
  expect(epochs.length).toBeGreaterThan(45);
  expect([epochs[0], epochs.at(-1)]).toEqual([0, 12_345]);
  const gaps = epochs.slice(1, -1).map((epoch, at) => epoch - epochs[at]!);
  expect(new Set(gaps).size).toBe(1);
});

test('going back forgets what came after, and goes on from there', () => {
  const history = new History(100);
  for (const epoch of [0, 1, 2, 3]) history.add(report(epoch));
  history.cutAfter(1);
  expect(history.latest?.epoch).toBe(1);
  history.add(report(1.5));
  expect(history.shown.map(({ epoch }) => epoch)).toEqual([0, 1, 1.5]);
});

test('a report of the same epoch is not a second point', () => {
  const history = new History();
  history.add(report(1));
  history.add(report(1));
  expect(history.shown).toHaveLength(1);
});
