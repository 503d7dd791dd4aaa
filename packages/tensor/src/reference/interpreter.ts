import type { TypedArray } from '../dtype.ts';
import type { Operation } from '../operation.ts';
import type { Backend } from '../program.ts';
import { packed, rowMajor } from '../strided.ts';
import type { Kernel, Numbers } from './kernel.ts';

/** Carries a program out step by step with the reference kernels: slow, and right by definition. */
export const reference: Backend = (program) => {
  const inputs: TypedArray[] = [];
  let outputs: TypedArray[] = [];
  const carriedInto = new Map(program.carried.map(([input, output]) => [output, input]));
  return {
    write(input, data) {
      inputs[input] = data.slice();
    },
    run() {
      const values: Numbers[] = [];
      for (const [at, node] of program.nodes.entries()) {
        const { shape, dtype } = node;
        if (node.kind === 'applied') {
          const operands = node.inputs.map((input) => values[input]!);
          const forward = node.operation.forward as Kernel<Operation>;
          values.push({ ...forward(node.operation, operands, node.settings as never, shape, dtype), shape, dtype });
        } else {
          const array = node.kind === 'constant' ? node.data : inputs[program.inputs.indexOf(at)]!;
          values.push({ array, strides: rowMajor(shape), offset: 0, shape, dtype });
        }
      }
      outputs = program.outputs.map((at) => packed(values[at]!, values[at]!.shape, values[at]!.dtype));
      for (const [input, output] of program.carried) inputs[input] = outputs[output]!;
    },
    read(output, into) {
      const input = carriedInto.get(output);
      into.set(input === undefined ? outputs[output]! : inputs[input]!);
    },
    listing: `${program.nodes.length} nodes, carried out one by one`,
  };
};
