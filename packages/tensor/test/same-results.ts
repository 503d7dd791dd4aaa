import { expect } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, runSteps, stack, runBatches, type Tensor } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { apart } from './apart.ts';
import { guardedWords, trespasses } from './guarded-memory.ts';
import type { Drawn, RandomProgram } from './random-program.ts';

interface Outcome {
  readonly exact: readonly Tensor[];
  readonly rounded: readonly Tensor[];
}

/** Two calls, a third on what the second was given, and two steps in one call; then the variables. */
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
 * Expects that a backend gives what the reference gives, the same bits, or two units in the last place at most, and that it
 * writes nowhere else: memory must be guarded.
 */
export function expectSameResults(program: Drawn, backend: Backend): void {
  const wanted = outcomes(program.make(), reference);
  trespasses();
  const found = outcomes(program.make(), backend);
  expect(guardedWords()).toBeGreaterThan(0);
  expect(trespasses()).toEqual([]);
  for (const [call, { exact, rounded }] of wanted.entries()) {
    for (const [at, one] of exact.entries()) {
      const same = found[call]!.exact[at]!;
      expect([call, at, same.shape, same.dtype]).toEqual([call, at, one.shape, one.dtype]);
      expect({ call, exact: at, apart: apart(same.data, one.data, 0) }).toEqual({ call, exact: at, apart: [] });
    }
    for (const [at, one] of rounded.entries()) {
      const differences = apart(found[call]!.rounded[at]!.data, one.data, 2);
      expect({ call, rounded: at, apart: differences }).toEqual({ call, rounded: at, apart: [] });
    }
  }
}
