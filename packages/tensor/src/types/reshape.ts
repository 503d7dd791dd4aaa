import type { Shape } from '../shape.ts';
import type { Inserting, LengthsAt, WithAxes, WithLength } from './axes.ts';
import type { EqualLength, ResultShape, SameRank, ShapeOrError, ShowLength, ShowShape } from './broadcast.ts';
import type { Quotient, SizeOf, Sum } from './lengths.ts';

/** The lengths without the first one equal to `Length`; `undefined` when there is none. */
type Without<Lengths extends Shape, Length extends number, Before extends Shape = []> = Lengths extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? [First, Length] extends [Length, First]
    ? [...Before, ...Rest]
    : Without<Rest, Length, [...Before, First]>
  : undefined;

/**
 * The lengths that two shapes do not share, [those of `From`, those of `To`]. Lengths on both sides cancel, so that smaller
 * numbers are multiplied and unknown lengths can be equal. A −1 in `To` is left out. Zeros do not cancel.
 */
type Cancelled<From extends Shape, To extends Shape, LeftTo extends Shape = []> = To extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? number extends First
    ? Cancelled<From, Rest, [...LeftTo, First]>
    : First extends -1
      ? Cancelled<From, Rest, LeftTo>
      : First extends 0
        ? Cancelled<From, Rest, [...LeftTo, First]>
        : Without<From, First> extends infer LeftFrom extends Shape
          ? Cancelled<LeftFrom, Rest, LeftTo>
          : Cancelled<From, Rest, [...LeftTo, First]>
  : [From, LeftTo];

/** The length that −1 stands for; `number` when it is unknown, `never` when no length fits. */
type Solved<From extends Shape, To extends Shape> =
  Cancelled<From, To> extends [infer LeftFrom extends Shape, infer LeftTo extends Shape]
    ? Quotient<SizeOf<LeftFrom>, SizeOf<LeftTo>>
    : number;

/** Each −1 replaced by `Length`. */
type FillIn<To extends Shape, Length extends number> = {
  -readonly [Axis in keyof To]: number extends To[Axis] ? number : To[Axis] extends -1 ? Length : To[Axis];
};

/** The shape of a reshaped tensor. A −1 is computed when the other lengths are known. */
export type Reshaping<From extends Shape, To extends Shape> = To extends unknown
  ? number extends To['length']
    ? Shape
    : From extends unknown
      ? ReshapeKnown<From, To>
      : never
  : never;

type ReshapeKnown<From extends Shape, To extends Shape> = number extends From['length']
  ? FillIn<To, number>
  : [To[number]] extends [Exclude<To[number], -1>]
    ? SizesDiffer<SizeOf<From>, SizeOf<To>> extends true
      ? `Cannot reshape ${ShowShape<From>} to ${ShowShape<To>}: the first has ${SizeOf<From>} elements, the second ${SizeOf<To>}.`
      : FillIn<To, number>
    : Solved<From, To> extends infer Length extends number
      ? [Length] extends [never]
        ? `Cannot reshape ${ShowShape<From>} to ${ShowShape<To>}: no length for -1 gives ${ShowLength<SizeOf<From>>} elements.`
        : FillIn<To, Length>
      : never;

/** The shape of `Reshaping`. */
export type Reshape<From extends Shape, To extends Shape> = ResultShape<Reshaping<From, To>>;

type SizesDiffer<A extends number, B extends number> = number extends A
  ? false
  : number extends B
    ? false
    : A extends B
      ? false
      : true;

/** Whether one shape broadcasts to another. Compared axis by axis from the last. */
type BroadcastsTo<From extends Shape, To extends Shape> = From extends readonly []
  ? true
  : From extends readonly [...infer LeadingFrom extends Shape, infer LastFrom extends number]
    ? To extends readonly [...infer LeadingTo extends Shape, infer LastTo extends number]
      ? number extends LastFrom
        ? BroadcastsTo<LeadingFrom, LeadingTo>
        : number extends LastTo
          ? BroadcastsTo<LeadingFrom, LeadingTo>
          : LastFrom extends 1 | LastTo
            ? BroadcastsTo<LeadingFrom, LeadingTo>
            : false
      : number extends To['length']
        ? true
        : false
    : true;

/** A shape broadcast to another, which may have more leading axes. */
export type Expanding<From extends Shape, To extends Shape> = To extends unknown
  ? number[] extends To
    ? Shape
    : From extends unknown
      ? number[] extends From
        ? To
        : BroadcastsTo<From, To> extends false
          ? `Cannot expand ${ShowShape<From>} to ${ShowShape<To>}: counted from the right, each length must be 1 or stay the same.`
          : To
      : never
  : never;

/** The common shape of two shapes that must be equal: of each length the known one; `undefined` when they differ. */
type EqualShape<A extends Shape, B extends Shape, Done extends Shape = []> = number extends A['length']
  ? B
  : number extends B['length']
    ? A
    : A extends readonly [infer FirstA extends number, ...infer RestA extends Shape]
      ? B extends readonly [infer FirstB extends number, ...infer RestB extends Shape]
        ? [EqualLength<FirstA, FirstB>] extends [never]
          ? undefined
          : EqualShape<RestA, RestB, [...Done, EqualLength<FirstA, FirstB>]>
        : undefined
      : B extends readonly []
        ? Done
        : undefined;

/** Two shapes concatenated along one axis; `undefined` when another axis differs. */
type Join<A extends Shape, B extends Shape, Axis extends number> = number extends A['length'] | B['length']
  ? Shape
  : EqualShape<WithLength<A, Axis, 0>, WithLength<B, Axis, 0>> extends infer Others extends Shape
    ? number extends Axis
      ? SameRank<A>
      : WithLength<Others, Axis, Sum<LengthsAt<A, Axis>, LengthsAt<B, Axis>>>
    : undefined;

type JoinAll<Shapes extends readonly Shape[], Axis extends number> = Shapes extends readonly [
  infer A extends Shape,
  infer B extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? Join<A, B, Axis> extends infer Joined extends Shape
    ? JoinAll<[Joined, ...Rest], Axis>
    : `Cannot concat ${ShowShape<A>} and ${ShowShape<B>}: all lengths but those of axis ${Axis} must be equal.`
  : Shapes extends readonly [infer Only extends Shape]
    ? WithAxes<Only, Axis, SameShape<Only>>
    : WithLength<Shapes[number], Axis, number>;

type SameShape<S extends Shape> = [...S];

/** The shape of tensors concatenated along one axis. */
export type Concatenating<
  Shapes extends readonly Shape[],
  Axis extends number,
  Each extends Shape = Shapes[number],
> = Each extends unknown ? (number extends Each['length'] ? Shape : JoinAll<Shapes, Axis>) : never;

/** The shape of `Concatenating`. */
export type Concat<Shapes extends readonly Shape[], Axis extends number> = ResultShape<Concatenating<Shapes, Axis>>;

type AllEqualShape<Shapes extends readonly Shape[]> = Shapes extends readonly [
  infer A extends Shape,
  infer B extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? EqualShape<A, B> extends infer Both extends Shape
    ? AllEqualShape<[Both, ...Rest]>
    : `Cannot stack ${ShowShape<A>} and ${ShowShape<B>}: the shapes must be equal.`
  : Shapes[number];

/** The shape of tensors of equal shape stacked along a new axis. */
export type Stacking<
  Shapes extends readonly Shape[],
  Axis extends number,
  Each extends Shape = Shapes[number],
> = Each extends unknown
  ? number extends Each['length']
    ? Shape
    : StackAll<AllEqualShape<Shapes>, Axis, Shapes['length']>
  : never;

type StackAll<Each extends ShapeOrError, Axis extends number, Count extends number> = Each extends Shape
  ? Inserting<Each, Axis, Count>
  : Each;

/** The shape of `Stacking`. */
export type Stack<Shapes extends readonly Shape[], Axis extends number> = ResultShape<Stacking<Shapes, Axis>>;
