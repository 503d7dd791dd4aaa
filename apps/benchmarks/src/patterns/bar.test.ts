import { expect, test } from 'vitest';
import type { Measured } from '../report.ts';
import { verdictOn } from './bar.ts';

/** A row as measured, in seconds. */
function measured(eager: number, loops: number, compiled: number, name = 'patterns/add/float32'): Measured {
  const timed = (contestant: string, seconds: number) =>
    ({ name: contestant, outcome: 'timed', seconds, rounds: [seconds] }) as const;
  const standings = [timed('compiled', compiled), timed('eager', eager), timed('plain TypeScript', loops)];
  return { name, title: 'a pattern', standings };
}

test('the bar is met at 0.9 × the speed of eager and 0.75 × that of plain loops', () => {
  expect(verdictOn(measured(9, 7.5, 10))).toEqual({
    pattern: 'add',
    dtype: 'float32',
    seconds: { eager: 9, loops: 7.5, compiled: 10 },
    timesEager: 0.9,
    timesLoops: 0.75,
    met: true,
    reason: '',
    stale: false,
  });
});

test.each([
  ['eager', 8.9, 20],
  ['plain loops', 20, 7.4],
])('it is missed when compiled is slower than that against %s', (_, eager, loops) => {
  expect(verdictOn(measured(eager, loops, 10))).toMatchObject({ met: false, reason: 'no reason is stated' });
});

test('a wrong result misses the bar, with what is wrong', () => {
  const row = measured(1, 1, 1);
  const [, eager, loops] = row.standings;
  const wrong = { name: 'compiled', outcome: 'wrong', reason: 'gives 1 instead of 2' } as const;
  const verdict = verdictOn({ ...row, standings: [wrong, eager!, loops!] });
  expect(verdict).toEqual({
    pattern: 'add',
    dtype: 'float32',
    met: false,
    reason: 'compiled is wrong: gives 1 instead of 2',
    stale: false,
  });
});
