import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, functionalCall, stack, type Tensor, type Variable, vmap } from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';
import { mismatches } from './mismatches.ts';
import { networks } from './random-network.ts';
import { batchedPrograms, type Drawn, programs } from './random-program.ts';

const count = 3;

interface Outcome {
  readonly exact: readonly Tensor[];
  readonly rounded: readonly Tensor[];
}

/** Expects that a program done by vmap for three entries, and compiled, gives what a loop over them does. */
function expectSameEntries({ make }: Drawn, choice: number): void {
  const { step, variables, args } = make();
  // A variable is a further argument: the program runs with its value in place of its own.
  const one = (...given: Tensor[]): Outcome & { readonly after: readonly Variable[] } => {
    const own = given.slice(given.length - variables.length);
    return functionalCall(variables, own, () => ({
      ...step(...given.slice(0, given.length - variables.length)),
      after: variables,
    })) as never;
  };
  const entries = Array.from({ length: count }, (_, entry) => [
    ...args(entry),
    ...variables.map((each) => each.mul(entry % 2 === 0 ? 1 : -1).cast(each.dtype) as Tensor),
  ]);
  // Each bit tells whether an argument has entries; one has in any case.
  const first = entries[0]!;
  const mapped = first.map((_, at) => at === choice % first.length || ((choice >> at) & 1) === 1);
  const given = entries.map((each) => each.map((arg, at) => (mapped[at] ? arg : first[at]!)));
  const all = first.map((arg, at) => (mapped[at] ? (stack(given.map((each) => each[at]!)) as Tensor) : arg));
  const wanted = given.map((each) => one(...each));
  const many = vmap(
    one as (...tensors: Tensor[]) => Outcome & { readonly after: readonly Tensor[] },
    mapped.map((own) => (own ? 0 : null)),
  ) as (...tensors: Tensor[]) => Outcome & { readonly after: readonly Tensor[] };
  for (const [way, run] of [
    ['eager', many],
    ['compiled', compile(many, wasm)],
  ] as const) {
    const got = run(...all);
    for (const [part, ulps] of [
      ['exact', 0],
      ['after', 0],
      ['rounded', 2],
    ] as const) {
      got[part].forEach((own, at) => {
        const each = stack(wanted.map((outcome): Tensor => outcome[part][at]!.detach())) as Tensor;
        expect([way, part, at, own.shape, own.dtype]).toEqual([way, part, at, each.shape, each.dtype]);
        const different = mismatches(own.data, each.data, ulps);
        expect({ way, part, at, different }).toEqual({ way, part, at, different: [] });
      });
    }
  }
}

describe('vmap of random programs', () => {
  test.each([
    ['of every operation', programs, 150, 21],
    ['of batches', batchedPrograms, 15, 22],
    ['that train networks', networks, 150, 23],
  ])('%s gives what a loop over the entries gives', (_, drawn, numRuns, seed) => {
    let choice = 0;
    assert(
      property(drawn, (program) => expectSameEntries(program, (choice = Math.imul(choice + 1, 0x9e3779b1) >>> 8))),
      { numRuns, seed, endOnFailure: true },
    );
  });
});
