import { expect } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, runSteps, stack, runBatches, type Tensor } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { mismatches } from './mismatches.ts';
import { guardedWords, outOfBoundsWrites } from './guarded-memory.ts';
import type { Drawn, RandomProgram } from './random-program.ts';

interface Outcome {
  readonly exact: readonly Tensor[];
  readonly rounded: readonly Tensor[];
}

/** The results of two calls, of two steps in one call, and of a batch of two steps; then the variables. */
function outcomes({ step, variables, args }: RandomProgram, backend: Backend): Outcome[] {
  const compiled = compile(step, backend);
  const [first, second] = [args(1), args(2)];
  const entries = first.map((arg, at) => stack([arg, second[at]!]) as Tensor);
  const results = [
    compiled(...first),
    compiled(...second),
    runSteps(compiled, 2, ...second),
    runBatches(compiled, ...entries),
  ];
  return [...results, { exact: variables.map((one) => one.detach()), rounded: [] }];
}

/**
 * Expects that a backend gives the results of the reference, with the same bits for exact results and within 2 ulp for
 * rounded ones, and that it writes only into its buffers. Memory must be guarded.
 */
export function expectSameResults(program: Drawn, backend: Backend): void {
  const wanted = outcomes(program.make(), reference);
  outOfBoundsWrites();
  const found = outcomes(program.make(), backend);
  expect(guardedWords()).toBeGreaterThan(0);
  expect(outOfBoundsWrites()).toEqual([]);
  for (const [call, { exact, rounded }] of wanted.entries()) {
    for (const [at, one] of exact.entries()) {
      const same = found[call]!.exact[at]!;
      expect([call, at, same.shape, same.dtype]).toEqual([call, at, one.shape, one.dtype]);
      expect({ call, exact: at, mismatches: mismatches(same.data, one.data, 0) }).toEqual({
        call,
        exact: at,
        mismatches: [],
      });
    }
    for (const [at, one] of rounded.entries()) {
      const differences = mismatches(found[call]!.rounded[at]!.data, one.data, 2);
      expect({ call, rounded: at, mismatches: differences }).toEqual({ call, rounded: at, mismatches: [] });
    }
  }
}
