import type { Backend, Packed } from '../program.ts';
import { packed, rowMajor } from '../strided.ts';
import { carryOut } from './index.ts';
import type { Numbers } from './kernel.ts';

/** Carries a program out step by step with the reference kernels: slow, and right by definition. */
export const reference: Backend = (program) => (inputs) => {
  const values: Numbers[] = [];
  let next = 0;
  for (const node of program.nodes) {
    const { shape, dtype } = node;
    if (node.kind === 'applied') {
      const operands = node.inputs.map((at) => values[at]!);
      values.push({ ...carryOut(node.operation, operands, node.settings, shape, dtype), shape, dtype });
    } else {
      const array = node.kind === 'constant' ? node.data : inputs[next++]!.data;
      values.push({ array, strides: rowMajor(shape), offset: 0, shape, dtype });
    }
  }
  return program.outputs.map((at): Packed => {
    const { shape, dtype } = values[at]!;
    return { shape, dtype, data: packed(values[at]!, shape, dtype) };
  });
};
