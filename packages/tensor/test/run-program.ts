import type { Executable, Program } from '../src/compile/program.ts';
import { allocate, type TypedArray } from '../src/dtype.ts';
import { sizeOf } from '../src/shape.ts';

/** A copy of every output of the last run. */
export function outputsOf(executable: Executable, { nodes, outputs }: Program): TypedArray[] {
  return outputs.map((at, output) => {
    const numbers = allocate(nodes[at]!.dtype, sizeOf(nodes[at]!.shape));
    numbers.set(executable.output(output));
    return numbers;
  });
}

/** Sets the inputs, runs the program once, and returns a copy of every output. */
export function runProgram(executable: Executable, program: Program, inputs: readonly TypedArray[]): TypedArray[] {
  inputs.forEach((input, at) => executable.input(at).set(input));
  executable.run(1);
  return outputsOf(executable, program);
}
