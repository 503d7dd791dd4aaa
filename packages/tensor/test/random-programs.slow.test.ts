import { assert, property } from 'fast-check';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { useGuardedMemory } from './guarded-memory.ts';
import { networks } from './random-network.ts';
import { batchedPrograms, largePrograms, programs } from './random-program.ts';
import { expectSameResults } from './same-results.ts';

vi.mock(import('../src/loops/memory.ts'), async (original) => {
  const [real, { withGuards }] = [await original(), await import('./guarded-memory.ts')];
  return { ...real, planMemory: withGuards(real.planMemory) };
});

beforeAll(useGuardedMemory);
afterAll(() => vi.restoreAllMocks());

// Each run tests other programs: the seed is in the name of the test. A failing program is shrunk and printed.
const seed = Date.now() % 2 ** 31;

const drawn = [
  ['small random programs', programs, 5000],
  ['large random programs', largePrograms, 500],
  ['random programs of batches', batchedPrograms, 1000],
  ['random networks', networks, 5000],
] as const;
const backends = [
  ['wasm', wasm],
  ['deterministic wasm', wasm({ deterministic: true })],
  ['wasm with threads', wasm({ threads: threadsInSmallChunks(3) })],
] as const;

test.each(
  drawn.flatMap(([kind, programs, runs]) =>
    backends.map(([name, backend]) => ({ kind, programs, runs, name, backend })),
  ),
)(
  `$runs $kind (seed ${seed}) give, by $name, what the reference gives, and write nowhere else`,
  ({ programs, runs, backend }) => {
    assert(
      property(programs, (one) => expectSameResults(one, backend)),
      { numRuns: runs, seed },
    );
  },
);
