import type { DType, TypedArray } from './dtype.ts';
import type { Numbers, ReferenceKernel } from './reference/kernel.ts';
import type { Shape } from './shape.ts';
import type { Strided } from './strided.ts';
import type { LoopBody } from './scan/loop-body.ts';
import type { Tensor } from './tensor.ts';

/**
 * The gradient of the loss with respect to one input. It is computed with tensors, so it can be differentiated again.
 *
 * @param g       the gradient with respect to the output
 * @param inputs  the inputs of the operation, as many as it has
 * @param output  the result of the operation
 * @param index   the index of the input among the inputs
 */
export type Derivative<Settings> = (
  g: Tensor,
  inputs: readonly [a: Tensor, b: Tensor, c: Tensor],
  output: Tensor,
  settings: Settings,
  index: number,
) => Tensor | undefined;

/** The fields that all operations have. An operation is defined once; backends implement its kind. */
interface Definition<Kind extends string, Settings> {
  readonly kind: Kind;
  readonly name: string;
  /** The shape of the result. Throws a ShapeError when the shapes of the inputs do not fit. */
  shape(shapes: readonly Shape[], settings: Settings): Shape;
  /** The dtype of the result. */
  dtype(dtypes: readonly DType[], settings: Settings): DType;
  /** The reference kernel of its kind. The operation holds it, so that a bundle contains only the kernels of operations in use. */
  readonly forward: ReferenceKernel<Extract<Operation, { readonly kind: Kind }>>;
  /**
   * One derivative per input, `undefined` for an input without a gradient; or one function for all inputs when their number
   * varies. Without this field no gradient flows back through the operation.
   */
  readonly derivative?: readonly (Derivative<Settings> | undefined)[] | Derivative<Settings>;
}

/**
 * The loop of an elementwise operation over one axis: y[o + t] = f(a[i + t·da], b[j + t·db], c[k + t·dc]) for 0 ≤ t < n.
 * Each operation writes its own loop, because engines do not inline a function that varies from call to call.
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

/** One result per element; the inputs are broadcast against each other. */
export interface ElementwiseOperation<Settings = undefined> extends Definition<'elementwise', Settings> {
  readonly arity: 1 | 2 | 3;
  readonly loop: Loop;
  /** Loops that replace `loop` for results of one dtype, where its arithmetic differs. */
  readonly loopFor?: { readonly [D in DType]?: Loop };
}

export interface ReduceSettings {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

/** Reduces `n` elements, a[i + t·step] for 0 ≤ t < n, to one number. */
export type Run = (a: TypedArray, i: number, step: number, n: number, round: boolean) => number;

/** A reduction of many elements to one along some axes. */
export interface ReduceOperation extends Definition<'reduce', ReduceSettings> {
  /**
   * The identity element of `combine`, and the result of no elements. −∞ stands for the lowest number of the dtype, ∞ for
   * the highest.
   */
  readonly identity: number;
  /** Whether a reduction of no elements is an error. */
  readonly refusesEmpty?: true;
  /** Combines two partial results. */
  readonly combine: ElementwiseOperation;
  /** The dtype that float32 elements are combined in, where blocks would not keep rounding errors small. */
  readonly accumulator?: 'float64';
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

/** The same elements with another shape, usually without a copy. */
export interface ViewOperation<Settings> extends Definition<'view', Settings> {
  /** The strides and offset of the view, or `undefined` when the elements must be copied to row-major order first. */
  view<Layout extends Pick<Strided, 'strides' | 'offset'>>(
    from: Layout,
    shape: Shape,
    settings: Settings,
  ): Layout | undefined;
  /**
   * The settings of the same view of many tensors along a new first axis, and the shape that each must be given first.
   *
   * @param length  how many tensors
   * @param shape   the shape of each
   */
  batched(settings: Settings, length: number, shape: Shape): readonly [settings: unknown, shape: Shape];
}

export interface PadSettings {
  /** The shape of the result. */
  readonly shape: Shape;
  /** Per axis: the index of the first element in the result, and the distance between two elements. */
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  /** The value of all other elements. */
  readonly value: number;
}

/** The elements in a larger shape, with one value around and between them. */
export type PadOperation = Definition<'pad', PadSettings>;

export interface WindowSettings {
  /** The axes along which the window slides, and for each: its size, its step, and the distance of its elements. */
  readonly axes: readonly number[];
  readonly sizes: readonly number[];
  readonly steps: readonly number[];
  readonly dilations: readonly number[];
}

export interface OverlapSettings extends WindowSettings {
  /** The shape of the result. */
  readonly shape: Shape;
}

/** Windows added up where they overlap: the derivative of a view through a sliding window. */
export type OverlapOperation = Definition<'overlap', OverlapSettings>;

export interface ConvolutionSettings {
  /** Per axis: the step from one window to the next, and from one element of a window to the next. */
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Per axis: the zeros before and after the elements. A negative number cuts elements off. */
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** Windows times filters, summed, per group: [N, groups, C, ...] and [groups, O, C, ...] → [N, groups, O, ...]. */
export type ConvolutionOperation = Definition<'convolution', ConvolutionSettings>;

/** Tensors concatenated along one axis. */
export type ConcatOperation = Definition<'concat', { readonly axis: number }>;

/** Products of matrices, [..., m, k] × [..., k, n] → [..., m, n]. */
export type MatMulOperation = Definition<'matmul', undefined>;

/** Elements read at indices along one axis. */
export type GatherOperation = Definition<'gather', { readonly axis: number }>;

/** Elements added at indices along one axis. */
export type ScatterOperation = Definition<'scatter', { readonly axis: number }>;

/** Random numbers from a counter: the same counter gives the same numbers in every backend. */
export interface RandomOperation extends Definition<'random', { readonly shape: Shape }> {
  /** Fills an array with the random numbers of a counter, which is two words. */
  fill(y: TypedArray, seed: number, count: number): void;
}

export interface IdentitySettings {
  /**
   * The gradients with respect to the inputs after the first, `undefined` for an input without one.
   *
   * @param inputs  the inputs after the first
   */
  derivative(g: Tensor, inputs: readonly Tensor[], output: Tensor): readonly (Tensor | undefined)[];
}

/** The first input unchanged. The others matter to gradients, or to the order of computing. */
export interface IdentityOperation extends Definition<'identity', IdentitySettings> {
  /** Whether what reads the result is computed after all inputs. Otherwise a program leaves the operation out. */
  readonly ordered: boolean;
}

/** The rows and columns of the matrices of an operation, which has one input or two. */
export type MatrixSizes = readonly [
  a: readonly [rows: number, columns: number],
  b: readonly [rows: number, columns: number],
];

/**
 * A function of matrices: of the last two axes of its inputs, for each element of the axes before them. All inputs have the
 * same axes before them. Several results are packed into one.
 */
export interface MatrixOperation<Settings = undefined> extends Definition<'matrix', Settings> {
  /**
   * Computes the result of one matrix of each input, all in row-major order, in float64.
   *
   * @param y       the result, filled with zeros
   * @param inputs  one matrix of each input, which may be overwritten; as many as the operation has
   * @param sizes   the rows and columns of each input
   * @throws RangeError when the numbers do not fit, as those of a singular matrix
   */
  compute(
    y: Float64Array,
    inputs: readonly [a: Float64Array, b: Float64Array],
    sizes: MatrixSizes,
    settings: Settings,
  ): void;
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

/** A program that is repeated: its body, and how often. */
export interface LoopSettings {
  readonly body: LoopBody;
  /** How many steps there are. */
  readonly length: number;
  /** Whether the first step takes the last entries. */
  readonly reverse: boolean;
}

/**
 * The gradients of a loop with respect to its inputs, by their indices.
 *
 * @param cotangents  the gradients with respect to its results, by their indices
 * @param loop        what the operation gave
 * @param needed      whether the gradient with respect to an input is asked for
 */
export type LoopDerivative = (
  cotangents: ReadonlyMap<number, Tensor>,
  loop: Tensor,
  needed: (index: number) => boolean,
) => ReadonlyMap<number, Tensor>;

/**
 * A program that is repeated. The inputs are the values carried from step to step, the tensors whose entries along the first
 * axis the steps take, and what is the same in all steps. It has several results, so what it gives has no elements: each
 * result is read by an operation of the kind `result`.
 */
export interface LoopOperation extends Omit<Definition<'loop', LoopSettings>, 'derivative'> {
  readonly derivative: LoopDerivative;
}

export interface ResultSettings {
  /** Which result: first the values carried, after the last step, then the stacked values. */
  readonly at: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One of the results of a loop. */
export type ResultOperation = Definition<'result', ResultSettings>;

/** Any operation. */
// The type of the settings is known where an operation is applied and in the kernels of its kind, not in between.
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
  | OverlapOperation
  | IdentityOperation
  | ConvolutionOperation
  | CheckOperation
  | MatrixOperation<never>
  | LoopOperation
  | ResultOperation;

export type Kind = Operation['kind'];

/** The settings that an operation takes. */
export type SettingsOf<O> = O extends { shape(shapes: readonly Shape[], settings: infer Settings): Shape }
  ? Settings
  : never;
