import { arrays, type ComputeDType, computeDType, type DType, type StorageDType, type TypedArray } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { assigned } from '../gradients.ts';
import { cast } from '../operations/elementwise.ts';
import { bitwiseAnd, leftShift, rightShift, roundFloat16 } from '../operations/math.ts';
import { unchanged } from '../operations/view.ts';
import { type Shape, showShape } from '../shape.ts';
import { type Origin, Tensor, type Trace, tracing, Variable } from '../tensor.ts';
import { checkReturned, mapTensors } from '../structure.ts';
import { topologicalOrder } from '../topological-order.ts';
import type { Node, Program } from './program.ts';

/** The shape and dtype of an argument; or a variable, which stands for itself. A program is traced for each combination. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A function as a program. */
export interface Traced<Result> {
  /**
   * The inputs are the arguments that are no variables, then the variables; the outputs are the results, then the values
   * assigned.
   */
  readonly program: Program;
  /** The arguments that are variables, at their positions. */
  readonly passed: readonly (Variable | undefined)[];
  /** The dtypes of the other arguments. Programs compute in others. */
  readonly dtypes: readonly DType[];
  /** The variables that are inputs, in order. Those that are only assigned are inputs too: a run that fails leaves them. */
  readonly reads: readonly Variable[];
  /** The variables that are assigned, in order. Each is carried. */
  readonly writes: readonly Variable[];
  /** What the function returned, with symbolic tensors. */
  readonly result: Result;
  /** The tensors in the result, in the order of the program's outputs. */
  readonly results: readonly Tensor[];
}

/** A variable while a function is traced: its value before, and its value now. */
interface Cell {
  readonly given: Tensor;
  present: Tensor;
}

/**
 * Runs a function once with symbolic tensors, and records the operations.
 *
 * Variables keep their values: what the function assigns becomes an output of the program.
 *
 * @throws DTypeError when the function returns anything but tensors, in arrays and records or alone, or nothing
 */
export function trace<Result>(run: (...args: Tensor[]) => Result, signatures: readonly Signature[]): Traced<Result> {
  const passed = signatures.map((one) => (one instanceof Variable ? one : undefined));
  const args = signatures.map(({ shape, dtype }, at) => passed[at] ?? new Tensor(shape, dtype, undefined));
  const cells = new Map<Variable, Cell>();
  const checks: Tensor[] = [];
  const cellOf = (variable: Variable): Cell => {
    let cell = cells.get(variable);
    if (!cell) {
      const { shape, dtype } = variable;
      const given = new Tensor(shape, dtype, undefined, { requiresGrad: true, variable });
      cell = { given, present: given };
      cells.set(variable, cell);
    }
    return cell;
  };
  const into: Trace = {
    read: (variable) => cellOf(variable).present,
    assign(variable, value) {
      cellOf(variable).present = assigned(variable, value);
    },
    check: (result) => checks.push(result),
  };
  const results: Tensor[] = [];
  const result = tracing(into, () => {
    const returned = run(...args);
    checkReturned(returned, 'A compiled function');
    return mapTensors(returned, (x) => {
      results.push(x.current());
      return x;
    });
  });
  const inputs = args.filter((_, at) => !passed[at]);
  const dtypes = inputs.map(({ dtype }) => dtype);
  const outputs = [...results];
  const carried: [number, number][] = [];
  const writes: Variable[] = [];
  for (const [variable, { given, present }] of cells) {
    if (present !== given) {
      carried.push([inputs.length, outputs.length]);
      outputs.push(present);
      writes.push(variable);
    }
    inputs.push(given);
  }
  const program = { ...programOf(inputs, checks, outputs), carried };
  return { program, passed, dtypes, reads: [...cells.keys()], writes, result: result as Result, results };
}

/** The origin of a symbolic tensor that is no input of the program. */
function originOf(x: Tensor): Origin {
  if (x.origin) return x.origin;
  throw new DTypeError(
    `A traced function used a tensor, shape ${showShape(x.shape)}, that stood for an argument while another call was traced. ` +
      `Keep values between calls in a Variable.`,
  );
}

/** The nodes that checks and outputs depend on, in topological order. */
export function programOf(
  inputs: readonly Tensor[],
  checks: readonly Tensor[],
  outputs: readonly Tensor[],
): Omit<Program, 'carried'> {
  const given = new Set(inputs);
  const indices = new Map<Tensor, number>();
  const indexOf = (x: Tensor): number => indices.get(x)!;
  const nodes: Node[] = [];
  const dependenciesOf = (x: Tensor): readonly Tensor[] =>
    given.has(x) || !x.symbolic ? [] : originOf(x).inputs.toReversed();
  for (const x of topologicalOrder([...inputs, ...checks, ...outputs].reverse(), dependenciesOf)) {
    const { shape } = x;
    const dtype = computeDType(x.dtype);
    let index = nodes.length;
    if (given.has(x)) nodes.push({ kind: 'input', shape, dtype });
    else if (!x.symbolic) nodes.push({ kind: 'constant', shape, dtype, data: dataOf(x, dtype) });
    else {
      const origin = originOf(x);
      const from = origin.inputs.map(indexOf);
      if (isLeftOut(origin.operation)) index = from[0]!;
      else if ((origin.operation as Operation) === cast && dtype !== x.dtype) {
        index = addRounded(nodes, from[0]!, shape, x.dtype as StorageDType);
      } else nodes.push({ kind: 'applied', ...origin, inputs: from, shape, dtype });
    }
    indices.set(x, index);
  }
  return { nodes, inputs: inputs.map(indexOf), outputs: outputs.map(indexOf) };
}

/** The elements of a constant in the dtype that programs compute in. */
const dataOf = (x: Tensor, dtype: ComputeDType): TypedArray =>
  x.dtype === dtype ? x.elements() : arrays[dtype].from(x.elements());

/**
 * Adds the nodes of a cast to a dtype for storage. The result is in the dtype that programs compute in, and has only numbers
 * of the dtype for storage.
 *
 * @returns  the index of the last node
 */
function addRounded(nodes: Node[], from: number, shape: Shape, to: StorageDType): number {
  const dtype = computeDType(to);
  const apply = (operation: Operation, inputs: readonly number[], settings?: unknown): number =>
    nodes.push({ kind: 'applied', operation, inputs, settings, shape, dtype }) - 1;
  if (to === 'float16') return apply(roundFloat16, [from]);
  const integers = apply(cast, [from], { dtype });
  // The lowest bits, with the sign of the highest of them.
  const bits = to === 'uint8' ? 255 : to === 'int8' ? 24 : 16;
  const constant = nodes.push({ kind: 'constant', shape: [], dtype, data: Int32Array.of(bits) }) - 1;
  if (to === 'uint8') return apply(bitwiseAnd, [integers, constant]);
  return apply(rightShift, [apply(leftShift, [integers, constant]), constant]);
}

/** Whether the result is the first input, so that a program needs no node for it. */
function isLeftOut(operation: Operation): boolean {
  if (operation.kind === 'identity') return !operation.ordered;
  return operation.kind === 'view' && operation.view === unchanged;
}
