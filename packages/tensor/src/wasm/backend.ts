import { DTypeError } from '../error.ts';
import type { TypedArray } from '../dtype.ts';
import { fuse } from '../loops/fuse.ts';
import type { Place } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import type { Backend, Executable, Program } from '../program.ts';
import { list } from './listing.ts';
import { type Machine, singleMachine } from './machine.ts';
import { withEpilogues } from './matmul/epilogue.ts';
import { type Job, planOf } from './plan.ts';
import { hasRelaxedSimd } from './relaxed.ts';

/** How the backend is set. */
export interface WasmSettings {
  /** Multiplies and adds apart everywhere, so that results do not depend on the machine; up to a fifth slower. */
  readonly deterministic?: boolean;
  /** Lets threads share large loops: `threads(2)` from '@nn/tensor/wasm/threads'. Results keep the same bits. */
  readonly threads?: Threads;
}

/** What lets threads share large loops; `threads` from '@nn/tensor/wasm/threads' makes it. */
export interface Threads {
  /** What a listing says of them: how many there are, or why there is one, for a program with loops to share or without. */
  note(shared: boolean): string;
  /** How many rows of a pass a thread takes at a time; all of them when the pass is left to one thread. */
  portionOf(pass: Pass, relaxed: boolean): number;
  /** A machine whose threads carry the program out together; none where no pass is shared. */
  machine(job: Job): Machine | undefined;
}

/** Runs programs with default settings, or with the settings it is given. */
export interface Wasm {
  (program: Program): Executable;
  (settings: WasmSettings): Backend;
}

/**
 * Runs programs as one WebAssembly module: `compile(step, wasm)`, or `compile(step, wasm({ deterministic: true }))`.
 *
 * It has every operation in every dtype.
 */
export const wasm = ((given: Program | WasmSettings) => {
  if ('nodes' in given) return executable(given, {});
  if (typeof given.threads === 'number') {
    throw new DTypeError(
      `wasm: threads are ${String(given.threads)}. Write threads(2), from '@nn/tensor/wasm/threads'.`,
    );
  }
  return (program: Program) => executable(program, given);
}) as Wasm;

function executable(program: Program, { deterministic = false, threads }: WasmSettings): Executable {
  const schedule = withEpilogues(fuse(program), program);
  const job: Job = { program, schedule, relaxed: !deterministic && hasRelaxedSimd() };
  const machine = threads?.machine(job) ?? singleMachine(planOf(job));
  const { inputs, outputs, constants } = schedule;
  // What a variable holds is read where a run that breaks off leaves it alone.
  const read = [...outputs];
  for (const pair of program.carried) read[pair[1]] = inputs[pair[0]]!;
  for (const [place, data] of constants) machine.numbers(place).set(data);
  const numbersOf = (places: readonly Place[]): ((at: number) => TypedArray) => {
    const known: TypedArray[] = [];
    return (at) => (machine.moves ? machine.numbers(places[at]!) : (known[at] ??= machine.numbers(places[at]!)));
  };
  return {
    input: numbersOf(inputs),
    run: machine.run,
    output: numbersOf(read),
    get listing() {
      return list(machine.plan, threads);
    },
  };
}
