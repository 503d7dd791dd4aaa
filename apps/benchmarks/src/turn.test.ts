import { expect, test } from 'vitest';
import { takeTurn } from './turn.ts';

test('a turn counts every unit that was run', async () => {
  let ran = 0;
  const { units, milliseconds } = await takeTurn({ result: () => [], run: (times) => void (ran += times) }, 5);
  expect(units).toBe(ran);
  expect(milliseconds).toBeGreaterThanOrEqual(5);
});

test('one unit that outlasts the turn is run once', async () => {
  let ran = 0;
  const run = (times: number): void => {
    ran += times;
    const start = performance.now();
    while (performance.now() - start < 3);
  };
  const { units } = await takeTurn({ result: () => [], run }, 2);
  expect([units, ran]).toEqual([1, 1]);
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
