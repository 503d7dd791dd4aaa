import { expect, test } from 'vitest';
import { Snapshots } from './snapshots.ts';

const of = (steps: number) => ({ steps });

test('finds the latest snapshot at or before a step', () => {
  const snapshots = new Snapshots();
  for (const steps of [0, 5, 9]) snapshots.add(of(steps));
  expect(snapshots.latestAt(8)).toEqual(of(5));
  expect(snapshots.latestAt(9)).toEqual(of(9));
  expect(snapshots.latestAt(-1)).toBeUndefined();
});

test('drops the oldest snapshots beyond the capacity', () => {
  const snapshots = new Snapshots(3);
  for (let steps = 0; steps < 10; steps++) snapshots.add(of(steps));
  expect(snapshots.latestAt(6)).toBeUndefined();
  expect(snapshots.latestAt(7)).toEqual(of(7));
});

test('a snapshot replaces those of its step and later', () => {
  const snapshots = new Snapshots<{ readonly steps: number; readonly name?: string }>();
  for (const steps of [1, 2, 3]) snapshots.add(of(steps));
  snapshots.add({ steps: 2, name: 'other' });
  expect(snapshots.latestAt(10)).toEqual({ steps: 2, name: 'other' });
  snapshots.clear();
  expect(snapshots.latestAt(10)).toBeUndefined();
});
