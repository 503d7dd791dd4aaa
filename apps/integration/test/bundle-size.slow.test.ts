import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildPackages } from '@nn/checks/build-packages';
import { bundle } from '@nn/checks/bundle';
import { beforeAll, describe, expect, test } from 'vitest';
import { trainingProgram } from '../src/training-program.ts';

const folder = join(import.meta.dirname, '..');

beforeAll(buildPackages);

const kilobyte = 1000;

// Each budget is the size of the day it was set plus 3 %. Whoever raises one says what the bytes are for.
describe('the bundle of', () => {
  test.for([
    {
      name: 'the core with one activation',
      budget: 13.9 * kilobyte,
      program: `
        import { tensor } from '@nn/tensor';
        import { relu } from '@nn/activations';
        console.log(String(relu(tensor([-1, 1]))));
      `,
    },
    {
      name: 'eager training of an MLP',
      // Storage dtypes, refusals by name, gradients that join parts, layers with options.
      budget: 22.9 * kilobyte,
      program: trainingProgram(),
    },
    {
      name: 'compiled training of an MLP',
      // Convolutions, loops, powers and erf by formulas in lanes, memory for deep networks in near-linear time.
      budget: 53.8 * kilobyte,
      program: trainingProgram('@nn/tensor/wasm'),
    },
    {
      name: 'the solution of equations',
      budget: 15.1 * kilobyte,
      program: `
        import { tensor } from '@nn/tensor';
        import { solve } from '@nn/tensor/linalg';
        console.log(String(solve(tensor([[2, 0], [0, 4]]), tensor([2, 2]))));
      `,
    },
  ])('$name has at most $budget bytes after gzip', async ({ name, budget, program }) => {
    const { gzip, readable } = await bundle(program, folder);
    // The bundle must run: a broken one would be small for nothing.
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
      input: readable,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    console.log(`${name}: ${gzip} bytes (gzip), at most ${budget}`);
    expect(gzip).toBeLessThanOrEqual(budget);
  });
});
