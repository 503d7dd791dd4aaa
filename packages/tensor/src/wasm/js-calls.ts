import { allocate, type ComputeDType } from '../dtype.ts';
import type { ElementwiseOperation } from '../operation.ts';
import type { FunctionBody } from './assembler/function-body.ts';

/** An operation on up to three numbers, in JavaScript. */
export type JsFunction = (a: number, b: number, c: number) => number;

/** An operation that a module calls in JavaScript, for results of one dtype. */
export interface JsCall {
  readonly operation: ElementwiseOperation<never>;
  readonly dtype: ComputeDType;
}

/** Operations that are computed in JavaScript, one element at a time, by the loops of the reference. */
export interface JsCalls {
  /** The index of the imported function that calls them. It takes the number of the operation and three operands. */
  readonly index: number;
  /** The operations that are called, in the order of their numbers. */
  readonly calls: JsCall[];
}

/** Writes the call of an operation on doubles, which `operands` puts on the stack. */
export function callJs(
  f: FunctionBody,
  { index, calls }: JsCalls,
  operation: ElementwiseOperation<never>,
  dtype: ComputeDType,
  operands: () => void,
): void {
  let at = calls.findIndex((call) => call.operation === operation && call.dtype === dtype);
  if (at < 0) at = calls.push({ operation, dtype }) - 1;
  f.i32(at);
  operands();
  for (let missing = operation.arity; missing < 3; missing++) f.f64(0);
  f.call(index);
}

/** The function of an operation on single numbers: it runs the loop for one element. */
export function jsFunctionOf({ operation, dtype }: JsCall): JsFunction {
  const loop = operation.loopFor?.[dtype] ?? operation.loop;
  const x = new Float64Array(3);
  const y = allocate(dtype, 1);
  return (a, b, c) => {
    x[0] = a;
    x[1] = b;
    x[2] = c;
    loop(1, y, 0, x, 0, 0, x, 1, 0, x, 2, 0);
    return y[0]!;
  };
}
