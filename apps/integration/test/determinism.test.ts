import { runCommand } from '@nn/checks/run-command';
import { expect, test } from 'vitest';
import { trainedSpiral } from './spiral-weights.ts';

const settings = { seed: 0, steps: 500 };

test('the same seed gives the same weights to the last bit, in this process and in another', async () => {
  const { weights, accuracy } = await trainedSpiral(settings);
  expect(accuracy).toBeGreaterThan(0.7);
  expect(await trainedSpiral(settings)).toEqual({ weights, accuracy });
  const program = `
    import { trainedSpiral } from './spiral-weights.ts';
    console.log(JSON.stringify(await trainedSpiral(${JSON.stringify(settings)})));
  `;
  const words = ['--conditions=@nn/source', '--input-type=module', '--eval', program];
  const { code, printed } = runCommand(process.execPath, words, import.meta.dirname);
  expect(code, printed).toBe(0);
  expect(JSON.parse(printed)).toEqual({ weights, accuracy });
});

test('another seed, or one more step, gives different weights', async () => {
  const hashes = await Promise.all(
    [settings, { ...settings, seed: 1 }, { ...settings, steps: 501 }].map(
      async (one) => (await trainedSpiral(one)).weights,
    ),
  );
  expect(new Set(hashes).size).toBe(3);
});
