import type { DType, TypedArray } from './dtype.ts';
import type { Numbers, ReferenceKernel } from './reference/kernel.ts';
import type { Shape } from './shape.ts';
import type { Strided } from './strided.ts';
import type { Tensor } from './tensor.ts';

/**
 * The gradient of the loss with respect to one input, written in tensors so that it can be differentiated again.
 *
 * @param g       the gradient with respect to the output
 * @param inputs  all inputs of the operation: as many as it has
 * @param index   which input it is
 */
export type Derivative<Settings> = (
  g: Tensor,
  inputs: readonly [a: Tensor, b: Tensor, c: Tensor],
  output: Tensor,
  settings: Settings,
  index: number,
) => Tensor;

/** What every operation says of itself. It is defined once; backends implement its kind. */
interface Definition<Kind extends string, Settings> {
  readonly kind: Kind;
  readonly name: string;
  /** The shape of the result; throws a ShapeError when the inputs do not fit. */
  shape(shapes: readonly Shape[], settings: Settings): Shape;
  /** The dtype of the result. */
  dtype(dtypes: readonly DType[], settings: Settings): DType;
  /** Carries it out on numbers: the plain kernel of its kind, which travels with those operations that a program uses. */
  readonly forward: ReferenceKernel<Extract<Operation, { readonly kind: Kind }>>;
  /**
   * One partial derivative per input, `undefined` for an input that has none; or one for all of them when there
   * may be any number. Missing altogether: nothing flows back through this operation.
   */
  readonly derivative?: readonly (Derivative<Settings> | undefined)[] | Derivative<Settings>;
}

/**
 * A law on numbers, written as a loop over one run, so that the engine compiles the law into the loop: `n` results go
 * to `y` from `o` on; input `a` is read from `i` in steps of `da`, `b` from `j` in steps of `db`, `c` from `k` by `dc`.
 */
export type Loop = (
  n: number,
  y: TypedArray,
  o: number,
  a: TypedArray,
  i: number,
  da: number,
  b: TypedArray,
  j: number,
  db: number,
  c: TypedArray,
  k: number,
  dc: number,
) => void;

/** One result per element, inputs broadcast against each other. */
export interface ElementwiseOperation<Settings = undefined> extends Definition<'elementwise', Settings> {
  readonly arity: 1 | 2 | 3;
  readonly loop: Loop;
  /** Loops that replace `loop` for results of one dtype, where its arithmetic has rules of its own. */
  readonly loopFor?: { readonly [D in DType]?: Loop };
}

export interface ReduceSettings {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

/** `n` elements, read from `i` on in steps, folded into one number. */
export type Run = (a: TypedArray, i: number, step: number, n: number, round: boolean) => number;

/** Many elements folded into one along some axes. */
export interface ReduceOperation extends Definition<'reduce', ReduceSettings> {
  /**
   * What changes nothing when it is combined with a number, and the result of no elements. −∞ stands for the lowest
   * number of the dtype, ∞ for the highest.
   */
  readonly identity: number;
  /** Is it an error to fold no elements? */
  readonly refusesEmpty?: true;
  /** Two partial results into one. */
  readonly combine: ElementwiseOperation;
  /**
   * Combines the elements of one run, up to rounding as `combine` does one by one; `round` rounds every partial result
   * to float32.
   */
  readonly run: Run;
  /** Runs that replace `run` for results of one dtype, where its arithmetic has rules of its own. */
  readonly runFor?: { readonly [D in DType]?: Run };
}

export interface SearchSettings {
  readonly axis: number;
  readonly keepdims: boolean;
}

/** The index of an extreme element along one axis: the first of equals, and the first NaN before every number. */
export interface SearchOperation extends Definition<'search', SearchSettings> {
  readonly order: 'largest' | 'smallest';
}

/** The same numbers seen with another shape. */
export interface ViewOperation<Settings> extends Definition<'view', Settings> {
  /** Where the numbers of the view lie, or `undefined` when they must first be laid row after row. */
  view<Seen extends Pick<Strided, 'strides' | 'offset'>>(
    from: Seen,
    shape: Shape,
    settings: Settings,
  ): Seen | undefined;
}

export interface PadSettings {
  /** The shape of the result. */
  readonly shape: Shape;
  /** Per axis: where the first element lies in it, and how far from there the next. */
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  /** What stands everywhere else. */
  readonly value: number;
}

/** The elements spread out in a larger shape, one value around and between them. */
export type PadOperation = Definition<'pad', PadSettings>;

/** Several tensors one after another along one axis. */
export type ConcatOperation = Definition<'concat', { readonly axis: number }>;

/** Products of matrices, [..., m, k] × [..., k, n] → [..., m, n]. */
export type MatMulOperation = Definition<'matmul', undefined>;

/** Elements picked by index along one axis. */
export type GatherOperation = Definition<'gather', { readonly axis: number }>;

/** Elements added to the places that an index names along one axis. */
export type ScatterOperation = Definition<'scatter', { readonly axis: number }>;

/** Numbers drawn from a counter: the same counter gives the same numbers in every backend. */
export interface RandomOperation extends Definition<'random', { readonly shape: Shape }> {
  /** Fills an array with the numbers that belong to the two words of a counter. */
  fill(y: TypedArray, seed: number, count: number): void;
}

/** What a check that fails needs in order to say why. */
export interface CheckSettings {
  /** The function that refuses, for texts of programs. */
  readonly caller: string;
  /**
   * The error for the first element of the condition that is false.
   *
   * @param at      its index in row-major order
   * @param values  the inputs after the condition
   */
  refuse(at: number, values: readonly Numbers[]): Error;
}

/**
 * A condition that must hold for every element. The inputs are the condition, which is bool, and the values that the error
 * message needs. The result has no elements, and nothing reads it: a program keeps its checks as it keeps its outputs.
 */
export type CheckOperation = Definition<'check', CheckSettings>;

/** Any operation, with its settings left open. */
// The settings of an operation are known where it is applied and where its kind is carried out, not in between.
// biome-ignore format: one line
export type Operation =
  | ElementwiseOperation<never>
  | ReduceOperation
  | SearchOperation
  | ViewOperation<never>
  | PadOperation
  | ConcatOperation
  | MatMulOperation
  | GatherOperation
  | ScatterOperation
  | RandomOperation
  | CheckOperation;

export type Kind = Operation['kind'];

/** The settings that an operation takes. */
export type SettingsOf<O> = O extends { shape(shapes: readonly Shape[], settings: infer Settings): Shape }
  ? Settings
  : never;
