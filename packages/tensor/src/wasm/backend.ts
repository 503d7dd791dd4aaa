import type { Backend, Executable, Program } from '../compile/program.ts';
import type { TypedArray } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import { fuse } from '../loops/fuse.ts';
import type { FusionGroup } from '../loops/group.ts';
import type { Buffer } from '../loops/ir.ts';
import { hasRelaxedSimd } from './assembler/module.ts';
import { type Instance, singleInstance } from './instance.ts';
import { withEpilogues } from './kernels/matmul-epilogue.ts';
import { withScratch } from './kernels/matmul.ts';
import { list } from './disassembly.ts';
import { checkOptions } from '../options.ts';
import { type Job, planOf } from './plan.ts';

/** The settings of the backend. */
export interface WasmSettings {
  /** Never uses fused multiply-add, so that results do not depend on the machine. Up to a fifth slower. */
  readonly deterministic?: boolean;
  /** Lets threads share large loops: `threads(2)` from '@nn/tensor/wasm/threads'. Results keep the same bits. */
  readonly threads?: Threads;
}

/** Runs large loops on several threads. Made by `threads` from '@nn/tensor/wasm/threads'. */
export interface Threads {
  /** The line about threads in a listing: their number, or why there is only one. `shared` tells whether any loop is shared. */
  note(shared: boolean): string;
  /** The number of rows of a fusion group that a thread takes at a time; all rows if the group runs on one thread. */
  chunkOf(group: FusionGroup, relaxed: boolean): number;
  /** An instance that runs the program on several threads; undefined if no group is shared. */
  instance(job: Job): Instance | undefined;
}

/** The backend with default settings, or a function from settings to a backend. */
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
  if (typeof given === 'object' && 'nodes' in given) return executable(given, {});
  if (given === undefined) {
    throw new DTypeError(
      'wasm: expected settings, got none. Write compile(step, wasm), or wasm({ threads: threads(2) }).',
    );
  }
  checkOptions('wasm', given, ['deterministic', 'threads']);
  if (typeof given.threads === 'number') {
    throw new DTypeError(
      `wasm: threads are ${String(given.threads)}. Write threads(2), from '@nn/tensor/wasm/threads'.`,
    );
  }
  return (program: Program) => executable(program, given);
}) as Wasm;

function executable(program: Program, { deterministic = false, threads }: WasmSettings): Executable {
  const relaxed = !deterministic && hasRelaxedSimd();
  const schedule = fuse(program, (one) => withScratch(one, relaxed), withEpilogues);
  const job: Job = { program, schedule, relaxed };
  const instance = threads?.instance(job) ?? singleInstance(planOf(job));
  const { inputs, outputs, constants } = schedule;
  // Variables are read from their inputs, which a run that fails does not change.
  const read = [...outputs];
  for (const pair of program.carried) read[pair[1]] = inputs[pair[0]]!;
  for (const [buffer, data] of constants) instance.numbers(buffer).set(data);
  const numbersOf = (buffers: readonly Buffer[]): ((at: number) => TypedArray) => {
    const known: TypedArray[] = [];
    return (at) =>
      instance.doubleBuffered ? instance.numbers(buffers[at]!) : (known[at] ??= instance.numbers(buffers[at]!));
  };
  return {
    input: numbersOf(inputs),
    run: instance.run,
    output: numbersOf(read),
    get disassembly() {
      return list(instance.plan, threads);
    },
  };
}
