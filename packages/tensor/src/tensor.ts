import {
  allocate,
  checkIs,
  type DType,
  held,
  isFloating,
  isNumber,
  promote,
  type ReadonlyTypedArray,
  type TypedArray,
  weakDType,
} from './dtype.ts';
import { DTypeError, noTensor, ShapeError } from './errors.ts';
import { LinearMethods } from './methods/linear.ts';
import type { Operand, TensorBase } from './methods/tensor-base.ts';
import type { Operation, SettingsOf } from './operation.ts';
import { checkOptions } from './options.ts';
import type { ReferenceKernel } from './reference/kernel.ts';
import { checkSame, type Shape, showShape } from './shape.ts';
import { packed, rowMajor, type Strided } from './strided.ts';
import { version } from './version.ts';

/** How a tensor was computed. Origins are the tape of `gradients` and the trace of `compile`. */
export interface Origin {
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly settings: unknown;
}

/** What a tensor has besides shape, dtype and elements. */
interface Autograd {
  /** Whether gradients flow through it: it is computed from a Variable or a watched tensor. */
  readonly requiresGrad?: boolean;
  readonly origin?: Origin | undefined;
  /** The variable whose value this is. */
  readonly variable?: Variable;
}

/**
 * A multidimensional array and the operations on it.
 *
 * A tensor is immutable: every operation returns a new one. While a function is traced, tensors without elements are
 * placeholders for unknown values. Make tensors with `tensor`, `zeros`, … and not with `new`.
 */
export class Tensor<S extends Shape = Shape> extends LinearMethods<S> {
  declare readonly origin: Origin | undefined;
  declare readonly requiresGrad: boolean;
  declare readonly variable: Variable | undefined;
  readonly #numbers: Strided | undefined;

  constructor(shape: S, dtype: DType, numbers: Strided | undefined, autograd: Autograd = {}) {
    super(shape, dtype);
    this.#numbers = numbers;
    this.origin = autograd.origin;
    this.requiresGrad = autograd.requiresGrad ?? false;
    this.variable = autograd.variable;
  }

  /** Whether a value is a tensor of this copy of the package, and not a Proxy around one. */
  static isTensor(value: unknown): value is Tensor {
    return typeof value === 'object' && value !== null && #numbers in value;
  }

  /**
   * The elements of a tensor that is no variable, if they are known. Unlike `numbers` and `symbolic` it does not check for
   * a Proxy, because `apply` has checked its operands.
   */
  static storedNumbers(x: Tensor): Strided | undefined {
    return x.#numbers;
  }

  /** The version of the package that made it. It identifies tensors of another copy, which are of another class. */
  get '@nn/tensor'(): string {
    return version;
  }

  /** Whether its elements are unknown, because a function is being traced. */
  get symbolic(): boolean {
    return checkTensor(this, 'symbolic').#numbers === undefined;
  }

  /** The tensor that an operation reads: itself, or the present value of a variable. */
  current(): Tensor<S> {
    return this;
  }

  numbers(): Strided {
    const numbers = checkTensor(this, 'data').#numbers;
    if (numbers) return numbers;
    throw new DTypeError(
      `The numbers of this tensor, shape ${showShape(this.shape)}, are not known while compile traces the function, or vmap. ` +
        `Read what it returns, or leave compile or vmap away.`,
    );
  }

  apply<O extends Operation, R extends Shape = Shape>(
    operation: O,
    operands: readonly (TensorBase<Shape> | number | boolean)[],
    settings: SettingsOf<O>,
  ): Tensor<R> {
    return apply(operation, operands as readonly Operand[], settings) as Tensor<R>;
  }
}

/** Writes down what happens to variables while a function is traced. */
export interface Trace {
  read(variable: Variable): Tensor;
  assign(variable: Variable, value: Tensor): void;
  /** Keeps the result of a check, which nothing reads. */
  check(result: Tensor): void;
  /** Sees the result of every operation. */
  applied?(result: Tensor, origin: Origin): void;
}

let trace: Trace | undefined;

/** Is a function being traced right now? */
export const isTracing = (): boolean => trace !== undefined;

let compiling = false;

/** Whether a function is being traced to be compiled. Other traces, as of checkpoint, may compute as they go. */
export const isCompiling = (): boolean => compiling;

/** Runs a function while every operation is recorded and variables are read from, and assigned to, `into`. */
export function tracing<Result>(into: Trace, run: () => Result): Result {
  if (trace) {
    throw new DTypeError('A traced function may not be traced inside another. Call the plain function there instead.');
  }
  trace = into;
  compiling = true;
  try {
    return run();
  } finally {
    trace = undefined;
    compiling = false;
  }
}

/**
 * Runs a function inside a trace of its own, which may itself be inside another trace. What `into` does not define goes to
 * the trace outside, or where there is none, to the variables themselves.
 *
 * @param into  makes the trace from the one outside
 */
export function nestedTracing<Result>(into: (outside: Trace) => Partial<Trace>, run: () => Result): Result {
  const before = trace;
  const outsideOf = <R>(act: () => R): R => {
    const inside = trace;
    trace = before;
    try {
      return act();
    } finally {
      trace = inside;
    }
  };
  const outside: Trace = {
    read: (variable) => outsideOf(() => variable.current()),
    assign(variable, value) {
      outsideOf(() => variable.assign(value));
    },
    check: (result) => before?.check(result),
    ...(before?.applied && { applied: before.applied }),
  };
  trace = { ...outside, ...into(outside) };
  try {
    return run();
  } finally {
    trace = before;
  }
}

/** A compiled program that holds the values of variables in its memory. */
export interface ValueStore {
  /** A copy of the value in one of its outputs. */
  read(output: number): TypedArray;
}

/**
 * A tensor whose value can be replaced: a weight, a bias, the state of an optimizer. Operations read its present value,
 * and it always requires a gradient.
 */
export class Variable<S extends Shape = Shape> extends Tensor<S> {
  declare readonly name: string;
  /** Undefined while the value is in the memory of a program and has not been read. */
  #value: Tensor<S> | undefined;
  /** The last copy that `data` made, so that reading it element by element does not copy each time. */
  #copied: WeakRef<{ readonly value: Tensor<S>; readonly copy: TypedArray }> | undefined;
  #store: ValueStore | undefined;
  #output = 0;

  constructor(initial: Tensor<S>, name: string) {
    super(initial.shape, initial.dtype, undefined, { requiresGrad: true });
    this.name = name;
    this.#value = this.#constantOf(initial);
  }

  override get symbolic(): boolean {
    return this.current().symbolic;
  }

  override current(): Tensor<S> {
    checkTensor(this, this.name);
    if (trace) return trace.read(this as unknown as Variable) as Tensor<S>;
    return (this.#value ??= this.#valueOf(this.#store!.read(this.#output)));
  }

  /** Whether a program holds its value. */
  isStoredIn(store: ValueStore): boolean {
    return this.#store === store;
  }

  /** From now on its value is an output of a program, also after further runs. */
  attach(store: ValueStore, output: number): void {
    this.#store = store;
    this.#output = output;
    this.#value = undefined;
  }

  override numbers(): Strided {
    return this.current().numbers();
  }

  /**
   * A copy of the elements. A program keeps its variables in memory of its own, so that writing to the array itself would
   * change eager results only.
   */
  override get data(): ReadonlyTypedArray {
    const value = this.current();
    const known = this.#copied?.deref();
    if (known?.value === value) return known.copy;
    const copied = { value, copy: value.elements().slice() };
    this.#copied = new WeakRef(copied);
    return copied.copy;
  }

  /**
   * Replaces the value. Results that were computed before do not change.
   *
   * @throws ShapeError, DTypeError when the value is of another shape or dtype; the variable then keeps its value
   */
  assign(value: Tensor | number): void {
    checkTensor(this, 'assign');
    if (typeof value === 'number' && this.rank > 0) {
      const shape = showShape(this.shape);
      throw new ShapeError(
        `assign: the value of ${this.name} must have shape ${shape}, got the number ${value}. ` +
          `Write assign(full(${shape}, ${value})).`,
      );
    }
    // A number that only another dtype holds is refused like a tensor of that dtype.
    const next = checkLike(
      typeof value === 'number' ? scalar(value, weakDType(value, this.dtype), 'assign') : value,
      this,
      `assign: the value of ${this.name}`,
    );
    if (trace) {
      trace.assign(this as unknown as Variable, next);
      return;
    }
    this.#value = this.#constantOf(next);
    this.#store = undefined;
  }

  /** The value as a tensor without an origin. */
  #constantOf(value: Tensor<S>): Tensor<S> {
    return this.#valueOf(packed(value.numbers(), this.shape, this.dtype));
  }

  #valueOf(array: TypedArray): Tensor<S> {
    const numbers = { array, strides: rowMajor(this.shape), offset: 0 };
    return new Tensor(this.shape, this.dtype, numbers, { requiresGrad: true, variable: this as unknown as Variable });
  }
}

/**
 * A variable that starts as `initial`.
 *
 * @param name  its name in errors and saved files
 * @example String(variable(tensor([1, 2])).mul(3))   // [3. 6.]
 */
export function variable<S extends Shape | []>(
  initial: Tensor<S>,
  options: { readonly name?: string } = {},
): Variable<S> {
  const { name = 'variable' } = checkOptions('variable', options, ['name']);
  return new Variable(checkTensor(initial, 'variable') as Tensor<S>, name);
}

/** A tensor of rank 0. */
export function scalar(value: number | boolean, dtype: DType, caller = 'scalar'): Tensor<[]> {
  const array = allocate(dtype, 1);
  array[0] = held(Number(value), dtype, caller);
  return new Tensor([], dtype, { array, strides: [], offset: 0 });
}

/**
 * Applies an operation. If every input has elements it is computed now; otherwise the result is a placeholder.
 *
 * The result keeps its origin if it has no elements, and if an input requires a gradient.
 */
export function apply<O extends Operation>(
  operation: O,
  operands: readonly Operand[],
  settings: SettingsOf<O>,
): Tensor {
  const inputs = inputsOf(operation, operands);
  const shape = operation.shape(
    inputs.map((input) => input.shape),
    settings as never,
  );
  const dtype = operation.dtype(
    inputs.map((input) => input.dtype),
    settings as never,
  );
  const known = inputs.every(Tensor.storedNumbers);
  const numbers = known
    ? (operation.forward as ReferenceKernel<Operation>)(
        operation,
        inputs.map((input) => ({ ...Tensor.storedNumbers(input)!, shape: input.shape, dtype: input.dtype })),
        settings as never,
        shape,
        dtype,
      )
    : undefined;
  const requiresGrad =
    operation.derivative !== undefined && isFloating(dtype) && inputs.some((input) => input.requiresGrad);
  // A traced result without numbers is a node of the program.
  const origin = requiresGrad || !known ? { operation, inputs, settings } : undefined;
  const result = new Tensor(shape, dtype, numbers, { requiresGrad, origin });
  if (trace) {
    if (!known && operation.kind === 'check') trace.check(result);
    trace.applied?.(result, origin ?? { operation, inputs, settings });
  }
  return result;
}

/** The operands as tensors: the present values of variables, and numbers in the dtype of the other operands. */
function inputsOf(operation: Operation, operands: readonly Operand[]): readonly Tensor[] {
  let promoted: DType = 'bool';
  for (const operand of operands) {
    if (!isNumber(operand)) promoted = promote(promoted, checkTensor(operand, operation.name).dtype);
  }
  return operands.map((operand) =>
    isNumber(operand) ? scalar(operand, weakDType(operand, promoted), operation.name) : operand.current(),
  );
}

/**
 * Returns the tensor if this copy of the package made it.
 *
 * @throws DTypeError for other values; the message says so if another copy made the tensor, or a Proxy wraps it
 */
export function checkTensor(value: Tensor, caller: string): Tensor {
  if (Tensor.isTensor(value)) return value;
  if ((value as unknown) instanceof Tensor) {
    throw new DTypeError(
      `${caller}: expected a tensor, got a Proxy around one, as reactive state makes it. ` +
        `Unwrap it with toRaw(x), or keep tensors out of the reactive state with markRaw(x).`,
    );
  }
  const other = (value as { readonly '@nn/tensor'?: string } | null | undefined)?.['@nn/tensor'];
  if (other !== undefined) {
    throw new DTypeError(
      `${caller}: this tensor was made by another copy of @nn/tensor (version ${other}) than this one (version ${version}). ` +
        `Run "npm ls @nn/tensor" and align them.`,
    );
  }
  throw noTensor(value, caller);
}

/**
 * Returns the tensor if it has the shape and dtype of another.
 *
 * @param caller  the function and the role of the tensor, for the message
 * @throws ShapeError, DTypeError when it has another
 */
export function checkLike<S extends Shape>(
  value: Tensor,
  like: { readonly shape: S; readonly dtype: DType },
  caller: string,
): Tensor<S> {
  const { shape, dtype } = checkTensor(value, caller);
  checkSame(shape, like.shape, caller);
  checkIs(dtype, like.dtype, caller);
  return value as Tensor<S>;
}
