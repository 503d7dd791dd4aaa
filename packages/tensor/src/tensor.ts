import {
  allocate,
  checkIs,
  type DType,
  held,
  isFloating,
  isNumber,
  promote,
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

/** How a tensor came about. Followed backwards it is the tape of a gradient, and the trace of a program. */
export interface Origin {
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly settings: unknown;
}

/** What a tensor is besides its shape and dtype. */
interface Past {
  /** Does it descend from a Variable or from `watch`? Then gradients flow through it. */
  readonly requiresGrad?: boolean;
  readonly origin?: Origin | undefined;
  /** The variable whose value this is. */
  readonly variable?: Variable;
}

/**
 * Numbers in a grid, and the operations on them.
 *
 * A tensor never changes: every operation gives a new one. One without numbers stands for a value that is not known
 * yet, while a function is traced. Make tensors with `tensor`, `zeros`, … rather than with `new`.
 */
export class Tensor<S extends Shape = Shape> extends LinearMethods<S> {
  declare readonly origin: Origin | undefined;
  declare readonly requiresGrad: boolean;
  declare readonly variable: Variable | undefined;
  readonly #numbers: Strided | undefined;

  constructor(shape: S, dtype: DType, numbers: Strided | undefined, past: Past = {}) {
    super(shape, dtype);
    this.#numbers = numbers;
    this.origin = past.origin;
    this.requiresGrad = past.requiresGrad ?? false;
    this.variable = past.variable;
  }

  /** The version of the package that made it: tensors of another copy say so here, though their class is another. */
  get '@nn/tensor'(): string {
    return version;
  }

  /** Are its numbers not known yet? */
  get symbolic(): boolean {
    return this.#numbers === undefined;
  }

  /** The tensor that an operation reads: itself; of a variable, its present value. */
  current(): Tensor<S> {
    return this;
  }

  numbers(): Strided {
    if (this.#numbers) return this.#numbers;
    throw new DTypeError(
      `The numbers of this tensor, shape ${showShape(this.shape)}, are not known while compile traces the function. ` +
        `Read what it returns, or leave compile away.`,
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
}

let trace: Trace | undefined;

/** Is a function being traced right now? */
export const isTracing = (): boolean => trace !== undefined;

/** Runs a function while every operation is recorded and variables are read from, and assigned to, `into`. */
export function tracing<Result>(into: Trace, run: () => Result): Result {
  if (trace) {
    throw new DTypeError('A traced function may not be traced inside another. Call the plain function there instead.');
  }
  trace = into;
  try {
    return run();
  } finally {
    trace = undefined;
  }
}

/** A compiled program that keeps the values of variables in memory of its own, for its next run. */
export interface ValueStore {
  /** A copy of the value that it keeps in one of its outputs. */
  read(output: number): TypedArray;
}

/**
 * A tensor that can be given a new value: a weight, a bias, a piece of an optimizer's memory. Operations read its
 * present value, and gradients follow it.
 */
export class Variable<S extends Shape = Shape> extends Tensor<S> {
  declare readonly name: string;
  /** Missing until somebody asks for what a program keeps. */
  #value: Tensor<S> | undefined;
  #store: ValueStore | undefined;
  #output = 0;

  constructor(initial: Tensor<S>, name: string) {
    super(initial.shape, initial.dtype, undefined, { requiresGrad: true });
    this.name = name;
    this.#value = this.#settled(initial);
  }

  override get symbolic(): boolean {
    return this.current().symbolic;
  }

  override current(): Tensor<S> {
    if (trace) return trace.read(this as unknown as Variable) as Tensor<S>;
    return (this.#value ??= this.#valueOf(this.#store!.read(this.#output)));
  }

  /** Does its value lie in this program’s memory? */
  isStoredIn(home: ValueStore): boolean {
    return this.#store === home;
  }

  /** From now on, and after each of its runs, its value is what `home` keeps in one of its outputs. */
  attach(home: ValueStore, output: number): void {
    this.#store = home;
    this.#output = output;
    this.#value = undefined;
  }

  override numbers(): Strided {
    return this.current().numbers();
  }

  /**
   * Gives the variable a new value; results that were computed before keep the old one.
   *
   * @throws ShapeError, DTypeError when the value is of another shape or dtype; the variable then keeps its value
   */
  assign(value: Tensor | number): void {
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
    this.#value = this.#settled(next);
    this.#store = undefined;
  }

  /** A value of its own, without a past. */
  #settled(value: Tensor<S>): Tensor<S> {
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
 * @param name  what errors and saved files call it
 * @example String(variable(tensor([1, 2])).mul(3))   // [3. 6.]
 */
export function variable<S extends Shape | []>(
  initial: Tensor<S>,
  options: { readonly name?: string } = {},
): Variable<S> {
  const { name = 'variable' } = checkOptions('variable', options, ['name']);
  return new Variable(checkTensor(initial, 'variable') as Tensor<S>, name);
}

/** A rank-0 tensor with one number. */
export function scalar(value: number | boolean, dtype: DType, caller = 'scalar'): Tensor<[]> {
  const array = allocate(dtype, 1);
  array[0] = held(Number(value), dtype, caller);
  return new Tensor([], dtype, { array, strides: [], offset: 0 });
}

/**
 * Applies an operation: at once where every input has numbers, else as a promise of numbers to come.
 *
 * The result remembers its origin while a function is traced, and when an input is requiresGrad, so that gradients can
 * walk back.
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
  const known = inputs.every((input) => !input.symbolic);
  const numbers = known
    ? (operation.forward as ReferenceKernel<Operation>)(
        operation,
        inputs.map((input) => ({ ...input.numbers(), shape: input.shape, dtype: input.dtype })),
        settings as never,
        shape,
        dtype,
      )
    : undefined;
  const requiresGrad =
    operation.derivative !== undefined && isFloating(dtype) && inputs.some((input) => input.requiresGrad);
  const origin = requiresGrad || trace ? { operation, inputs, settings } : undefined;
  const result = new Tensor(shape, dtype, numbers, { requiresGrad, origin });
  if (trace && !known && operation.kind === 'check') trace.check(result);
  return result;
}

/** The operands as tensors: variables by their present value, numbers in the dtype of the tensors beside them. */
function inputsOf(operation: Operation, operands: readonly Operand[]): readonly Tensor[] {
  let beside: DType = 'bool';
  for (const operand of operands) {
    if (!isNumber(operand)) beside = promote(beside, checkTensor(operand, operation.name).dtype);
  }
  return operands.map((operand) =>
    isNumber(operand) ? scalar(operand, weakDType(operand, beside), operation.name) : operand.current(),
  );
}

/**
 * Gives the tensor back when this copy of the package made it.
 *
 * @throws DTypeError for anything else, telling a tensor of another copy apart
 */
export function checkTensor(value: Tensor, caller: string): Tensor {
  if (value instanceof Tensor) return value;
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
 * Gives the tensor back when it has the shape and dtype of another.
 *
 * @param caller  what the tensor is, and for whom
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
