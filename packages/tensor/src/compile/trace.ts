import type { DType } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import type { ViewOperation } from '../operation.ts';
import { detach, unchanged } from '../operations/view.ts';
import { type Shape, showShape } from '../shape.ts';
import { apply, type Origin, Tensor, type Trace, tracing, type Variable } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import type { Node, Program } from './program.ts';

/** What an argument looks like: a program is traced anew for each. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A function written out as a program. */
export interface Traced<Result> {
  /** Its inputs are the arguments, then the variables read; its outputs the results, then the values assigned. */
  readonly program: Program;
  /** The variables whose values go in, in order: what is assigned goes in too, as what it is when a run breaks off. */
  readonly reads: readonly Variable[];
  /** The variables that get new values, in order. Each is carried. */
  readonly writes: readonly Variable[];
  /** What the function returned, with tensors that have no numbers. */
  readonly result: Result;
  /** The tensors in the result, in the order of the program's outputs. */
  readonly results: readonly Tensor[];
}

/** A variable while a function is traced: the value that goes in, and its present one. */
interface Cell {
  readonly given: Tensor;
  present: Tensor;
}

/**
 * Runs a function once with tensors that have no numbers, and writes down what it does.
 *
 * Variables keep their values: what the function assigns becomes an output of the program. If the function throws,
 * nothing has happened.
 */
export function trace<Result>(run: (...args: Tensor[]) => Result, signatures: readonly Signature[]): Traced<Result> {
  const args = signatures.map(({ shape, dtype }) => new Tensor(shape, dtype, undefined));
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
      const { shape, dtype } = variable;
      // The new value starts afresh: gradients end at the variable, not at what it was computed from.
      const { origin } = apply(detach, [value], undefined);
      const numbers = value.symbolic ? undefined : value.numbers();
      cellOf(variable).present = new Tensor(shape, dtype, numbers, { requiresGrad: true, variable, origin });
    },
    check: (result) => checks.push(result),
  };
  const results: Tensor[] = [];
  const result = tracing(into, () => {
    const returned = run(...args);
    if (typeof (returned as { then?: unknown } | null | undefined)?.then === 'function') {
      throw new DTypeError(
        'A traced function returned a promise: what it does after an await would not be seen. ' +
          'Wait for data outside, and hand it in as arguments.',
      );
    }
    return mapTensors(returned, (x) => {
      results.push(x.current());
      return x;
    });
  });
  const inputs = [...args];
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
  const program = { ...writeOut(inputs, checks, outputs), carried };
  return { program, reads: [...cells.keys()], writes, result: result as Result, results };
}

/** A result with other tensors in place of its own: itself, or inside arrays and records. */
export function mapTensors(part: unknown, made: (x: Tensor) => Tensor): unknown {
  if (part instanceof Tensor) return made(part);
  if (Array.isArray(part)) return part.map((one) => mapTensors(one, made));
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, mapTensors(one, made)]));
}

/** An object without a class of its own. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Where a value without numbers comes from: an operation, as arguments and variables are placed already. */
function originOf(x: Tensor): Origin {
  if (x.origin) return x.origin;
  throw new DTypeError(
    `A traced function used a tensor, shape ${showShape(x.shape)}, that stood for an argument while another call was traced. ` +
      `Keep values between calls in a Variable.`,
  );
}

/** The nodes behind the outputs, each after the nodes that it reads. */
function writeOut(
  inputs: readonly Tensor[],
  checks: readonly Tensor[],
  outputs: readonly Tensor[],
): Omit<Program, 'carried'> {
  const given = new Set(inputs);
  const places = new Map<Tensor, number>();
  const placeOf = (x: Tensor): number => places.get(x)!;
  const nodes: Node[] = [];
  const behind = (x: Tensor): readonly Tensor[] => (given.has(x) || !x.symbolic ? [] : originOf(x).inputs.toReversed());
  for (const x of topologicalOrder([...inputs, ...checks, ...outputs].reverse(), behind)) {
    const { shape, dtype } = x;
    let place = nodes.length;
    if (given.has(x)) nodes.push({ kind: 'input', shape, dtype });
    else if (!x.symbolic) nodes.push({ kind: 'constant', shape, dtype, data: x.data });
    else {
      const origin = originOf(x);
      const from = origin.inputs.map(placeOf);
      if ((origin.operation as Partial<ViewOperation<never>>).view === unchanged) place = from[0]!;
      else nodes.push({ kind: 'applied', ...origin, inputs: from, shape, dtype });
    }
    places.set(x, place);
  }
  return { nodes, inputs: inputs.map(placeOf), outputs: outputs.map(placeOf) };
}
