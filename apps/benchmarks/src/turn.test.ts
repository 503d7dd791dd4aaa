import { expect, test } from 'vitest';
import { now } from './clock.ts';
import { takeTurn } from './turn.ts';

/** A job whose units take so long, on a machine that leaves it so much of a processor, by a clock of its own. */
function planted({ unit, share = 1 }: { readonly unit: number; readonly share?: number }) {
  const calls: number[] = [];
  let processor = 0;
  const run = (times: number): void => {
    calls.push(times);
    processor += times * unit;
  };
  return {
    calls,
    job: { result: () => [], run },
    moment: () => ({ clock: processor / share, processor }),
  };
}

test('a turn counts every unit that was run, in calls that grow until one takes a twentieth of it', async () => {
  const { calls, job, moment } = planted({ unit: 0.5 });
  const { units, milliseconds } = await takeTurn(job, 100, moment);
  expect(calls.slice(0, 3)).toEqual([1, 2, 6]);
  expect(Math.max(...calls)).toBe(10);
  expect(units).toBe(calls.reduce((sum, times) => sum + times, 0));
  expect(milliseconds).toBe(units * 0.5);
  expect(milliseconds).toBeGreaterThanOrEqual(100);
});

test('one unit that outlasts the turn is run once', async () => {
  const { job, moment } = planted({ unit: 300 });
  expect(await takeTurn(job, 100, moment)).toEqual({ units: 1, milliseconds: 300 });
});

test('on a busy machine only the time with a processor counts', async () => {
  const { job, moment } = planted({ unit: 1, share: 0.5 });
  const { units, milliseconds } = await takeTurn(job, 100, moment);
  expect(milliseconds).toBe(units);
  expect(milliseconds).toBeGreaterThanOrEqual(100);
});

test('on a very busy machine the turn ends before it is full', async () => {
  const { job, moment } = planted({ unit: 1, share: 0.1 });
  const { milliseconds } = await takeTurn(job, 100, moment);
  expect(milliseconds).toBeGreaterThanOrEqual(30);
  expect(milliseconds).toBeLessThan(100);
});

test('units on several threads are timed by the clock', async () => {
  const { job, moment } = planted({ unit: 1, share: 2 });
  const { units, milliseconds } = await takeTurn(job, 100, moment);
  expect(milliseconds).toBe(units / 2);
});

test('units that are asynchronous are waited for', async () => {
  let done = 0;
  const run = async (times: number): Promise<void> => {
    await Promise.resolve();
    done += times;
  };
  const { units } = await takeTurn({ result: () => [], run }, 1);
  expect(units).toBe(done);
});

test('time moves on', () => {
  const start = now();
  let spent = 0;
  for (let at = 0; at < 1e6; at++) spent += at;
  const end = now();
  expect(spent).toBeGreaterThan(0);
  expect(end.clock).toBeGreaterThan(start.clock);
  expect(end.processor).toBeGreaterThanOrEqual(start.processor);
});
