import { copyNumbers } from './copy-numbers.ts';
import { allocate, type TypedArray } from './dtype.ts';
import type { Backend, Executable, Program } from './program.ts';
import { sameShape, sizeOf } from './shape.ts';
import { rowMajor } from './strided.ts';
import { type Home, Tensor } from './tensor.ts';
import { mapTensors, type Signature, type Traced } from './trace.ts';

/** Runs a program, and puts the numbers of its results where they are kept. */
export type CarryOut = (executable: Executable, kept: readonly TypedArray[]) => void;

/** A program bound to the variables that it reads and assigns. */
export class Bound<Result> implements Home {
  readonly program: Program;
  readonly executable: Executable;
  readonly #traced: Traced<Result>;
  /** How many inputs of the program are arguments: the first ones, variables come after them. */
  readonly #arity: number;
  /** What was handed in last for each input. */
  readonly #handed: (Tensor | undefined)[] = [];

  constructor(traced: Traced<Result>, backend: Backend) {
    this.#traced = traced;
    this.#arity = traced.program.inputs.length - traced.reads.length;
    this.program = traced.program;
    this.executable = backend(traced.program);
  }

  fits(args: readonly Signature[]): boolean {
    if (args.length !== this.#arity) return false;
    for (let at = 0; at < args.length; at++) {
      const { shape, dtype } = args[at]!;
      const like = this.program.nodes[at]!;
      if (dtype !== like.dtype || !sameShape(shape, like.shape)) return false;
    }
    return true;
  }

  /**
   * Runs the program on arguments; gives its result.
   *
   * @param args      those that are missing are handed in by `carryOut`
   * @param carryOut  runs it, once unless told otherwise, and puts the numbers of its results where they are kept
   * @param entries   how many entries along a new first axis the results have, if they have one
   */
  run(args: readonly Tensor[], carryOut: CarryOut = runOnce, entries?: number): unknown {
    const { results, result } = this.#traced;
    // Where there is no room for the results, this shows before anything runs.
    const kept = results.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape) * (entries ?? 1)));
    this.#handIn(args);
    try {
      carryOut(this.executable, kept);
    } finally {
      this.#settle();
    }
    let output = 0;
    return mapTensors(result, ({ shape: own, dtype }) => {
      const shape = entries === undefined ? own : [entries, ...own];
      return new Tensor(shape, dtype, { array: kept[output++]!, strides: rowMajor(shape), offset: 0 });
    });
  }

  read(output: number): TypedArray {
    const { shape, dtype } = this.program.nodes[this.program.outputs[output]!]!;
    const numbers = allocate(dtype, sizeOf(shape));
    copyNumbers(this.executable.output(output), 0, numbers, 0, numbers.length);
    return numbers;
  }

  /** Hands in arguments, and variables whose values lie elsewhere. */
  #handIn(args: readonly Tensor[]): void {
    const { reads } = this.#traced;
    for (let at = 0; at < this.#arity; at++) this.#hand(at, args[at]);
    for (let at = 0; at < reads.length; at++) {
      if (!reads[at]!.dwellsIn(this)) this.#hand(this.#arity + at, reads[at]!);
    }
  }

  /** Tensors never change: the one that was handed in last need not be copied again. */
  #hand(input: number, x: Tensor | undefined): void {
    const value = x?.current();
    if (this.#handed[input] === value) return;
    if (value) copyNumbers(value.data, 0, this.executable.input(input), 0, value.data.length);
    this.#handed[input] = value;
  }

  /** From now on variables are what the last whole run made of them, whether another broke off after it or not. */
  #settle(): void {
    const { program, writes } = this.#traced;
    for (let at = 0; at < writes.length; at++) {
      const [input, output] = program.carried[at]!;
      this.#handed[input] = undefined;
      writes[at]!.dwell(this, output);
    }
  }
}

function runOnce(executable: Executable, kept: readonly TypedArray[]): void {
  executable.run(1);
  readResults(executable, kept);
}

/** Puts the numbers of the last run where they are kept. */
export function readResults(executable: Executable, kept: readonly TypedArray[]): void {
  for (let at = 0; at < kept.length; at++) copyNumbers(executable.output(at), 0, kept[at]!, 0, kept[at]!.length);
}
