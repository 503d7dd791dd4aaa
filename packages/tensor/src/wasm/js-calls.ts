import { allocate, type DType } from '../dtype.ts';
import type { ElementwiseOperation, Operation } from '../operation.ts';
import type { FunctionBody } from './assembler/function-body.ts';

/** A law on up to three numbers. */
export type Apply = (a: number, b: number, c: number) => number;

/** Laws that go through JavaScript, number by number: the reference’s own loops, run once. */
export interface JsCalls {
  /** The function of the module that all of them are called through: which one, and its operands. */
  readonly index: number;
  /** Their names by number, as `exp float64`. */
  readonly names: string[];
  readonly laws: Apply[];
}

/** Writes the call of a law on doubles, which `operands` puts on the stack. */
export function callJs(
  f: FunctionBody,
  { index, names, laws }: JsCalls,
  operation: Operation,
  dtype: DType,
  operands: () => void,
): void {
  const { arity } = operation as ElementwiseOperation<never>;
  const name = `${operation.name} ${dtype}`;
  let at = names.indexOf(name);
  if (at < 0) {
    at = names.push(name) - 1;
    laws.push(jsFunctionOf(operation as ElementwiseOperation<never>, dtype));
  }
  f.i32(at);
  operands();
  for (let missing = arity; missing < 3; missing++) f.f64(0);
  f.call(index);
}

/** The law of an operation on single numbers: its loop, run once. */
export function jsFunctionOf(operation: ElementwiseOperation<never>, dtype: DType): Apply {
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
