import { allocate, type TypedArray } from '../dtype.ts';
import { sameShape, sizeOf } from '../shape.ts';
import { copyNumbers, rowMajor } from '../strided.ts';
import { mapTensors } from '../structure.ts';
import { Tensor, type ValueStore, Variable } from '../tensor.ts';
import type { Backend, Executable, Program } from './program.ts';
import type { Signature, Traced } from './trace.ts';

/** Runs a program, and copies the numbers of its results to `kept`. */
export type RunProgram = (executable: Executable, kept: readonly TypedArray[]) => void;

/** A program bound to the variables that it reads and assigns. */
export interface BoundProgram extends ValueStore {
  readonly program: Program;
  readonly executable: Executable;
  /** Was it traced for arguments of these shapes and dtypes, and for these variables? */
  fits(args: readonly Signature[]): boolean;
  /**
   * Runs the program on arguments; gives its result.
   *
   * @param args        `runProgram` fills the inputs of those that are missing
   * @param runProgram  runs the program, once unless given, and copies the numbers of its results
   * @param entries     how many entries the results have along a new first axis, if they have one
   */
  run(args: readonly Tensor[], runProgram?: RunProgram, entries?: number): unknown;
}

export function bind(traced: Traced<unknown>, backend: Backend): BoundProgram {
  const { program, passed, dtypes, reads, writes, results, result } = traced;
  const executable = backend(program);
  const { nodes, inputs, carried } = program;
  /** The positions of the arguments that are inputs. They are the first inputs, variables come after them. */
  const positions = passed.flatMap((variable, at) => (variable ? [] : [at]));
  /** What the outputs are read into. A program may compute them in another dtype. */
  const stored = [...results, ...writes];
  /** The value that each input was filled with last. */
  const filled: (Tensor | undefined)[] = [];

  /** Tensors never change: a value that the input holds already is not copied again. */
  const fill = (input: number, x: Tensor | undefined): void => {
    const value = x?.current();
    if (filled[input] === value) return;
    if (value) copyNumbers(value.elements(), executable.input(input));
    filled[input] = value;
  };

  const bound: BoundProgram = {
    program,
    executable,
    fits(args) {
      if (args.length !== passed.length) return false;
      let input = 0;
      for (let at = 0; at < passed.length; at++) {
        const arg = args[at]!;
        if (passed[at] || arg instanceof Variable) {
          if (passed[at] !== arg) return false;
          continue;
        }
        if (arg.dtype !== dtypes[input] || !sameShape(arg.shape, nodes[inputs[input]!]!.shape)) return false;
        input++;
      }
      return true;
    },
    run(args, runProgram = runOnce, entries) {
      // Allocated before anything runs: where there is no memory for the results, nothing has changed.
      const kept = results.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape) * (entries ?? 1)));
      const arity = positions.length;
      for (let input = 0; input < arity; input++) fill(input, args[positions[input]!]);
      for (let at = 0; at < reads.length; at++) if (!reads[at]!.isStoredIn(bound)) fill(arity + at, reads[at]!);
      try {
        runProgram(executable, kept);
      } finally {
        // The variables have the values of the last whole run, even when a run has failed since.
        for (let at = 0; at < writes.length; at++) {
          const [input, output] = carried[at]!;
          filled[input] = undefined;
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
      const { shape, dtype } = stored[output]!;
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

/** Copies the numbers of the results of the last run. */
export function readResults(executable: Executable, kept: readonly TypedArray[]): void {
  for (let at = 0; at < kept.length; at++) copyNumbers(executable.output(at), kept[at]!);
}
