import type { DType } from './dtype.ts';
import { DTypeError } from './error.ts';
import { detach } from './operations/view.ts';
import type { Node, Program } from './program.ts';
import { type Shape, showShape } from './shape.ts';
import { apply, type Origin, Tensor, type Trace, tracing, type Variable } from './tensor.ts';

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

/**
 * Runs a function once with tensors that have no numbers, and writes down what it does.
 *
 * Variables keep their values: what the function assigns becomes an output of the program. If the function throws,
 * nothing has happened.
 */
export function trace<Result>(run: (...args: Tensor[]) => Result, signatures: readonly Signature[]): Traced<Result> {
  const args = signatures.map(({ shape, dtype }) => new Tensor(shape, dtype, undefined));
  const readings = new Map<Variable, Tensor>();
  const present = new Map<Variable, Tensor>();
  const read = (variable: Variable): Tensor => {
    const known = present.get(variable);
    if (known) return known;
    const value = new Tensor(variable.shape, variable.dtype, undefined, { followed: true, variable });
    readings.set(variable, value);
    present.set(variable, value);
    return value;
  };
  const into: Trace = {
    read,
    assign(variable, value) {
      read(variable);
      // The new value starts afresh: gradients end at the variable, not at what it was computed from.
      const { origin } = apply(detach, [value], undefined);
      const numbers = value.symbolic ? undefined : value.numbers();
      present.set(variable, new Tensor(variable.shape, variable.dtype, numbers, { followed: true, variable, origin }));
    },
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
    collect(returned, results);
    return returned;
  });
  const writes = [...present].filter(([variable, value]) => readings.get(variable) !== value);
  const inputs = [...args, ...readings.values()];
  const outputs = [...results, ...writes.map(([, value]) => value)];
  const reads = [...readings.keys()];
  const carried = writes.map(([variable], at) => [args.length + reads.indexOf(variable), results.length + at] as const);
  return {
    program: { ...writeOut(inputs, outputs), carried },
    reads,
    writes: writes.map(([variable]) => variable),
    result,
    results,
  };
}

/** The tensors in a result: itself, or inside arrays and records. */
function collect(result: unknown, into: Tensor[]): void {
  if (result instanceof Tensor) into.push(result.current());
  else if (isRecord(result)) for (const part of Object.values(result)) collect(part, into);
}

/** An array or an object without a class of its own. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
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
function writeOut(inputs: readonly Tensor[], outputs: readonly Tensor[]): Omit<Program, 'carried'> {
  const nodes: Node[] = [];
  const places = new Map<Tensor, number>();
  const place = (x: Tensor, node: Node): void => {
    places.set(x, nodes.length);
    nodes.push(node);
  };
  for (const x of inputs) place(x, { kind: 'input', shape: x.shape, dtype: x.dtype });
  const pending = outputs.toReversed();
  while (pending.length > 0) {
    const x = pending.at(-1)!;
    const missing = places.has(x) || !x.symbolic ? [] : originOf(x).inputs.filter((input) => !places.has(input));
    if (missing.length > 0) {
      pending.push(...missing.toReversed());
      continue;
    }
    pending.pop();
    if (places.has(x)) continue;
    const { shape, dtype } = x;
    if (!x.symbolic) place(x, { kind: 'constant', shape, dtype, data: x.data });
    else {
      const { operation, inputs: read, settings } = originOf(x);
      place(x, { kind: 'applied', operation, inputs: read.map((input) => places.get(input)!), settings, shape, dtype });
    }
  }
  return {
    nodes,
    inputs: inputs.map((_, at) => at),
    outputs: outputs.map((x) => places.get(x)!),
  };
}
