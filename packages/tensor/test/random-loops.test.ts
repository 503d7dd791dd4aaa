import { assert, property } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { wasm } from '../src/wasm/index.ts';
import { useGuardedMemory } from './guarded-memory.ts';
import { loopsOf } from './random-loop.ts';
import { batchedPrograms, largePrograms, programs } from './random-program.ts';
import { expectSameResults } from './same-results.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

const fault = vi.hoisted(() => ({ planted: false }));

vi.mock(import('../src/loops/memory.ts'), async (original) => {
  const [real, { withGuards }] = [await original(), await import('./guarded-memory.ts')];
  return { ...real, planMemory: withGuards(real.planMemory) };
});

// A planted fault: a loop that carries nothing on to the next step.
vi.mock(import('../src/wasm/kernels/loop.ts'), async (original) => {
  const real = await original();
  return {
    writeLoop(f, context, kernel) {
      real.writeLoop(f, fault.planted ? { ...context, copyCarried: () => undefined } : context, kernel);
    },
  };
});

beforeAll(useGuardedMemory);
afterAll(() => vi.restoreAllMocks());

describe('loops over random programs', () => {
  test.each([
    ['of every operation, by wasm,', wasm, loopsOf(programs), 200, 31],
    ['of every operation, by deterministic wasm,', wasm({ deterministic: true }), loopsOf(programs), 100, 32],
    [
      'of every operation, by wasm with threads,',
      wasm({ threads: threadsInSmallChunks(3) }),
      loopsOf(programs),
      100,
      33,
    ],
    ['of large tensors, by wasm,', wasm, loopsOf(largePrograms), 20, 34],
    ['of batches, by wasm,', wasm, loopsOf(batchedPrograms), 30, 35],
  ])('%s give the results of the reference and write only into their buffers', (_, backend, drawn, numRuns, seed) => {
    assert(
      property(drawn, (program) => expectSameResults(program, backend)),
      { numRuns, seed },
    );
  });
});

test('a loop that carries nothing on to the next step is found', () => {
  fault.planted = true;
  const check = (): void =>
    assert(
      property(loopsOf(programs), (program) => expectSameResults(program, wasm)),
      { numRuns: 30, seed: 36, endOnFailure: true },
    );
  try {
    expect(check).toThrow('Property failed');
  } finally {
    fault.planted = false;
  }
});
