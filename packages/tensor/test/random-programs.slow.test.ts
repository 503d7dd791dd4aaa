import { assert, property } from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wasm } from '../src/wasm/index.ts';
import { trespasses, watchGuards } from './guarded-memory.ts';
import { recipes } from './random-program.ts';
import { expectSameResults } from './same-results.ts';

vi.mock(import('../src/loops/memory.ts'), async (original) => {
  const [real, { withGuards }] = [await original(), await import('./guarded-memory.ts')];
  return { ...real, layOut: withGuards(real.layOut) };
});

beforeAll(watchGuards);
afterAll(() => vi.restoreAllMocks());

// Other programs in every run: the seed is in the name of the test. A failing program is shrunk and printed.
const seed = Date.now() % 2 ** 31;

test.each([
  ['wasm', wasm],
  ['wasm that is the same everywhere', wasm({ deterministic: true })],
])(
  `8,000 random programs (seed ${seed}) give, by %s, what the reference gives, and write nowhere else`,
  (_, backend) => {
    assert(
      property(recipes, (recipe) => {
        trespasses();
        expectSameResults(recipe, backend);
        expect(trespasses()).toEqual([]);
      }),
      { numRuns: 8000, seed },
    );
  },
);
