import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { handWritten } from './spiral/hand-written.ts';
import { packages } from './spiral/packages.ts';
import { spiralStart } from './spiral/start.ts';
import { interleave } from './interleave.ts';

// Adam makes large differences of small ones: rounding alone tells longer runs apart.
test.each([
  ['eagerly', undefined],
  ['compiled', wasm],
])('the packages, %s, find the losses of the hand-written loops for the first ten steps', (_, backend) => {
  const byHand = handWritten(spiralStart());
  const byPackages = packages(spiralStart(), backend);
  for (let step = 0; step < 10; step++) expect(byPackages()).toBeCloseTo(byHand(), 4);
});

test('every contestant has its turn in every round, and the first is its own measure', () => {
  const turns: string[] = [];
  const contestant = (name: string) => ({ name, step: () => void (turns.at(-1) === name || turns.push(name)) });
  const timings = interleave([contestant('a'), contestant('b')], { rounds: 3, milliseconds: 1 });
  expect(turns.join('')).toBe('abababab');
  expect(timings[0]!.ratio).toBe(1);
  expect(timings[1]!.ratio).toBeGreaterThan(0);
});
