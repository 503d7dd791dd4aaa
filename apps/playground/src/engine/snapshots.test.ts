import { expect, test } from 'vitest';
import { Snapshots } from './snapshots.ts';

const of = (steps: number) => ({ steps });

test('the latest moment at or before a step is found', () => {
  const snapshots = new Snapshots();
  for (const steps of [0, 5, 9]) snapshots.add(of(steps));
  expect(snapshots.latestAt(8)).toEqual(of(5));
  expect(snapshots.latestAt(9)).toEqual(of(9));
  expect(snapshots.latestAt(-1)).toBeUndefined();
});

test('of more than there is room for the oldest go', () => {
  const snapshots = new Snapshots(3);
  for (let steps = 0; steps < 10; steps++) snapshots.add(of(steps));
  expect(snapshots.latestAt(6)).toBeUndefined();
  expect(snapshots.latestAt(7)).toEqual(of(7));
});

test('a moment takes the place of what was kept of its step and after', () => {
  const snapshots = new Snapshots<{ readonly steps: number; readonly name?: string }>();
  for (const steps of [1, 2, 3]) snapshots.add(of(steps));
  snapshots.add({ steps: 2, name: 'other' });
  expect(snapshots.latestAt(10)).toEqual({ steps: 2, name: 'other' });
  snapshots.clear();
  expect(snapshots.latestAt(10)).toBeUndefined();
});
