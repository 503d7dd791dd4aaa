import type { Backend } from '../compile/program.ts';
import { allocate, type TypedArray } from '../dtype.ts';
import type { Operation } from '../operation.ts';
import { sizeOf } from '../shape.ts';
import { packed, rowMajor } from '../strided.ts';
import type { ReferenceKernel, Numbers } from './kernel.ts';

/** Runs programs node by node with the reference kernels. It is slow and defines the right results. */
export const reference: Backend = (program) => {
  const inputs = program.inputs.map((at) => allocate(program.nodes[at]!.dtype, sizeOf(program.nodes[at]!.shape)));
  let outputs: TypedArray[] = [];
  const carriedInto = new Map(program.carried.map(([input, output]) => [output, input]));
  const run = (): void => {
    const values: Numbers[] = [];
    for (const [at, node] of program.nodes.entries()) {
      const { shape, dtype } = node;
      if (node.kind === 'applied') {
        const operands = node.inputs.map((input) => values[input]!);
        const forward = node.operation.forward as ReferenceKernel<Operation>;
        values.push({ ...forward(node.operation, operands, node.settings as never, shape, dtype), shape, dtype });
      } else {
        const array = node.kind === 'constant' ? node.data : inputs[program.inputs.indexOf(at)]!;
        values.push({ array, strides: rowMajor(shape), offset: 0, shape, dtype });
      }
    }
    outputs = program.outputs.map((at) => packed(values[at]!, values[at]!.shape, values[at]!.dtype));
    // An output may be another input or a constant, so carried inputs get a copy.
    for (const [input, output] of program.carried) inputs[input] = outputs[output]!.slice();
  };
  return {
    input: (at) => inputs[at]!,
    run(times) {
      for (let left = times; left > 0; left--) run();
    },
    output: (at) => inputs[carriedInto.get(at) ?? -1] ?? outputs[at]!,
    disassembly: `${program.nodes.length} nodes, run one by one`,
  };
};
