import type { MatrixKernel } from '../../loops/ir.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import type { Context } from '../context.ts';

/** Calls JavaScript: the reference kernel reads the memory of the module, and its result is written there. */
export function writeMatrix(f: FunctionBody, context: Context, kernel: MatrixKernel): void {
  context.computeMatrix(f, kernel);
}
