import { allocate, type TypedArray } from '../dtype.ts';
import { sameShape, sizeOf } from '../shape.ts';
import { copyNumbers, rowMajor } from '../strided.ts';
import { type ValueStore, Tensor } from '../tensor.ts';
import type { Backend, Executable, Program } from './program.ts';
import { mapTensors, type Signature, type Traced } from './trace.ts';

/** Runs a program, and puts the numbers of its results where they are kept. */
export type RunProgram = (executable: Executable, kept: readonly TypedArray[]) => void;

/** A program bound to the variables that it reads and assigns. */
export interface BoundProgram extends ValueStore {
  readonly program: Program;
  readonly executable: Executable;
  /** Was it traced for arguments like these? */
  fits(args: readonly Signature[]): boolean;
  /**
   * Runs the program on arguments; gives its result.
   *
   * @param args      those that are missing are handed in by `runProgram`
   * @param runProgram  runs it, once unless told otherwise, and puts the numbers of its results where they are kept
   * @param entries   how many entries along a new first axis the results have, if they have one
   */
  run(args: readonly Tensor[], runProgram?: RunProgram, entries?: number): unknown;
}

export function bind({ program, reads, writes, results, result }: Traced<unknown>, backend: Backend): BoundProgram {
  const executable = backend(program);
  const { nodes, inputs, outputs, carried } = program;
  // The first inputs are arguments, variables come after them.
  const arity = inputs.length - reads.length;
  /** What was handed in last for each input. */
  const handed: (Tensor | undefined)[] = [];

  /** Tensors never change: the one that was handed in last need not be copied again. */
  const hand = (input: number, x: Tensor | undefined): void => {
    const value = x?.current();
    if (handed[input] === value) return;
    if (value) copyNumbers(value.data, executable.input(input));
    handed[input] = value;
  };

  const bound: BoundProgram = {
    program,
    executable,
    fits(args) {
      if (args.length !== arity) return false;
      for (let at = 0; at < arity; at++) {
        const { shape, dtype } = args[at]!;
        const like = nodes[at]!;
        if (dtype !== like.dtype || !sameShape(shape, like.shape)) return false;
      }
      return true;
    },
    run(args, runProgram = runOnce, entries) {
      // Where there is no room for the results, this shows before anything runs.
      const kept = results.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape) * (entries ?? 1)));
      for (let at = 0; at < arity; at++) hand(at, args[at]);
      for (let at = 0; at < reads.length; at++) if (!reads[at]!.isStoredIn(bound)) hand(arity + at, reads[at]!);
      try {
        runProgram(executable, kept);
      } finally {
        // From now on variables are what the last whole run made of them, whether another broke off after it or not.
        for (let at = 0; at < writes.length; at++) {
          const [input, output] = carried[at]!;
          handed[input] = undefined;
          writes[at]!.attach(bound, output);
        }
      }
      let output = 0;
      return mapTensors(result, ({ shape: own, dtype }) => {
        const shape = entries === undefined ? own : [entries, ...own];
        return new Tensor(shape, dtype, { array: kept[output++]!, strides: rowMajor(shape), offset: 0 });
      });
    },
    read(output) {
      const { shape, dtype } = nodes[outputs[output]!]!;
      const numbers = allocate(dtype, sizeOf(shape));
      copyNumbers(executable.output(output), numbers);
      return numbers;
    },
  };
  return bound;
}

function runOnce(executable: Executable, kept: readonly TypedArray[]): void {
  executable.run(1);
  readResults(executable, kept);
}

/** Puts the numbers of the last run where they are kept. */
export function readResults(executable: Executable, kept: readonly TypedArray[]): void {
  for (let at = 0; at < kept.length; at++) copyNumbers(executable.output(at), kept[at]!);
}
