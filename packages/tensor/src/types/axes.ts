import type { Shape } from '../shape.ts';
import type { Fits, ResultShape, SameRank, ShapeOrError, ShowShape } from './broadcast.ts';

/** One axis or several. Negative axes count from the end; `undefined` means all axes. */
export type Axes = number | readonly number[] | undefined;

type Negative<N extends number> = `-${N}` extends `${infer M extends number}` ? M : never;

/** The two indices of the axis between `Before` and the rest `From`, from the front and from the end: 1 and -2 for [1], [3, 4]. */
type AxisIndices<Before extends Shape, From extends Shape> = Before['length'] | Negative<From['length']>;

/** All axes of a shape, by both indices. */
type AllAxes<S extends Shape, Before extends Shape = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? AxisIndices<Before, S> | AllAxes<Rest, [...Before, First]>
  : never;

/** The axes as a union of numbers. */
type AxisUnion<Axis extends Axes> = Axis extends number ? Axis : Axis extends Shape ? Axis[number] : never;

/** An error message if the shape lacks one of the axes, `Otherwise` if not. */
export type WithAxes<S extends Shape, Axis extends Axes, Otherwise extends ShapeOrError> =
  number extends AxisUnion<Axis>
    ? Otherwise
    : [Exclude<AxisUnion<Axis>, AllAxes<S>>] extends [never]
      ? Otherwise
      : S extends readonly []
        ? `There is no axis ${Exclude<AxisUnion<Axis>, AllAxes<S>>}: a scalar has no axes.`
        : `There is no axis ${Exclude<AxisUnion<Axis>, AllAxes<S>>}: ${ShowShape<S>} has axes ${LowestAxis<S>} … ${HighestAxis<S>}.`;

type LowestAxis<S extends Shape> = Negative<S['length']>;
type HighestAxis<S extends Shape> = S extends readonly [number, ...infer Rest extends Shape] ? Rest['length'] : never;

/** The shape with each axis in `Named` replaced by the axes `By`. If `By` is [], the axes are removed. */
type ReplaceAxes<
  S extends Shape,
  Named extends number,
  By extends Shape,
  Before extends Shape = [],
  Done extends Shape = [],
> = S extends readonly [infer First extends number, ...infer Rest extends Shape]
  ? ReplaceAxes<
      Rest,
      Named,
      By,
      [...Before, First],
      [Extract<Named, AxisIndices<Before, S>>] extends [never] ? [...Done, First] : [...Done, ...By]
    >
  : Done;

/** The lengths along the axes in `Named`. */
export type LengthsAt<S extends Shape, Named extends number, Before extends Shape = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? | ([Extract<Named, AxisIndices<Before, S>>] extends [never] ? never : First)
    | LengthsAt<Rest, Named, [...Before, First]>
  : never;

/** The shape after a reduction: the reduced axes are removed, or kept with length 1. */
export type Reducing<S extends Shape, Axis extends Axes, Keepdims extends boolean = false> = boolean extends Keepdims
  ? Shape
  : [Axis, Keepdims] extends [undefined, false]
    ? []
    : S extends unknown
      ? number extends S['length']
        ? Shape
        : [Axis] extends [undefined]
          ? { -readonly [At in keyof S]: 1 }
          : HasUnknownAxis<Axis> extends true
            ? Keepdims extends true
              ? SameRank<S>
              : Shape
            : WithAxes<S, Axis, ReplaceReduced<S, Axis, Keepdims extends true ? [1] : []>>
      : never;

type ReplaceReduced<S extends Shape, Axis, By extends Shape> = Axis extends number
  ? ReplaceAxes<S, Axis, By>
  : Axis extends Shape
    ? ReplaceAxes<S, Axis[number], By>
    : Shape;

/** Whether some of the axes are unknown to the compiler. */
type HasUnknownAxis<Axis extends Axes> =
  number extends AxisUnion<Axis> ? true : Axis extends Shape ? (number extends Axis['length'] ? true : false) : false;

/** The type of an `axis` parameter: one axis, or several, that the shape has. */
// From an argument of type `number | readonly number[]` the compiler infers one of the two types. Then any axis is accepted.
export type Along<S extends Shape, Axis extends Axes> = Fits<
  Reducing<S, Axis>,
  Axis,
  number extends AxisUnion<Axis> ? Axes : Axis
>;

/** The type of an `axis` parameter that takes a single axis. */
export type AlongOne<S extends Shape, Axis extends number | undefined> = Fits<Reducing<S, Axis>, Axis, Axis>;

/** The shape of `Reducing`. */
export type Reduce<S extends Shape, Axis extends Axes, Keepdims extends boolean = false> = ResultShape<
  Reducing<S, Axis, Keepdims>
>;

/** The shape with another length along one axis. */
export type WithLength<S extends Shape, Axis extends number, Length extends number> = S extends unknown
  ? number extends S['length']
    ? Shape
    : number extends Axis
      ? SameRank<S>
      : Axis extends number
        ? ReplaceAxes<S, Axis, [Length]>
        : never
  : never;

/*
 * Transpose, TransposeLast and Row are the types of properties (`T`, `mT`, iteration). The compiler must see that they are
 * covariant in S, or a Variable<[3, 4]> would not be assignable to Variable. It sees it as long as S stands to the left of
 * every `extends`; hence the list of ranks instead of `number extends S['length']`.
 */
type Rank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;

/** The axes in reverse order. */
export type Transpose<S extends Shape> = S['length'] extends Rank ? Reverse<S, []> : Shape;

type Reverse<S extends Shape, Done extends Shape> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? Reverse<Rest, [First, ...Done]>
  : Done;

/** The last two axes exchanged. */
export type TransposeLast<S extends Shape> = S extends readonly [
  ...infer Batch extends Shape,
  infer Rows extends number,
  infer Columns extends number,
]
  ? [...Batch, Columns, Rows]
  : Shape;

/** The shape of one row: without the first axis. */
export type Row<S extends Shape> = S['length'] extends Rank
  ? S extends readonly [number, ...infer Rest extends Shape]
    ? Rest
    : never
  : Shape;

/** The axes in another order. */
export type Permuting<S extends Shape, Order extends Shape> = S extends unknown
  ? number extends S['length']
    ? SameRank<Order>
    : number extends Order['length']
      ? SameRank<S>
      : number extends Order[number]
        ? SameRank<Order>
        : [S['length'], ReplaceAxes<S, Order[number], []>] extends [Order['length'], []]
          ? WithAxes<S, Order, { -readonly [At in keyof Order]: LengthsAt<S, Order[At]> }>
          : `Cannot permute ${ShowShape<S>} by ${ShowShape<Order>}: each of its ${S['length']} axes must be listed once.`
  : never;

/** The shape of `Permuting`. */
export type Permute<S extends Shape, Order extends Shape> = ResultShape<Permuting<S, Order>>;

/** The shape without axes of length 1: without all of them, or without the listed ones. */
export type Squeezing<S extends Shape, Axis extends Axes = undefined> = S extends unknown
  ? number extends S['length']
    ? Shape
    : [Axis] extends [undefined]
      ? WithoutOnes<S>
      : number extends AxisUnion<Axis>
        ? Reducing<S, Axis>
        : Exclude<LengthsAt<S, AxisUnion<Axis>>, 1> extends infer Long extends number
          ? [Long] extends [never]
            ? Reducing<S, Axis>
            : number extends Long
              ? Reducing<S, Axis>
              : `Cannot squeeze ${ShowShape<S>}: only an axis of length 1 can be dropped, and this one has ${Long}.`
          : never
  : never;

type WithoutOnes<S extends Shape, Done extends Shape = []> = number extends S[number]
  ? Shape
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? WithoutOnes<Rest, First extends 1 ? Done : [...Done, First]>
    : Done;

/** The shape of `Squeezing`. */
export type Squeeze<S extends Shape, Axis extends Axes = undefined> = ResultShape<Squeezing<S, Axis>>;

/** The shape with a new axis, which is axis `Axis` of the result. */
export type Inserting<S extends Shape, Axis extends number, Length extends number = 1> = S extends unknown
  ? number extends S['length']
    ? Shape
    : number extends Axis
      ? SameRank<[...S, Length]>
      : Axis extends number
        ? InsertAt<S, Axis, Length> extends infer Inserted extends Shape
          ? Inserted
          : `Cannot insert axis ${Axis} into ${ShowShape<S>}: the result has axes ${LowestAxis<[...S, 1]>} … ${S['length']}.`
        : never
  : never;

type InsertAt<S extends Shape, Axis extends number, Length extends number, Before extends Shape = []> = [
  Extract<Axis, AxisIndices<Before, [...S, Length]>>,
] extends [never]
  ? S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? InsertAt<Rest, Axis, Length, [...Before, First]>
    : undefined
  : [...Before, Length, ...S];

/** The shape with a new axis of length 1. */
export type ExpandDims<S extends Shape, Axis extends number> = ResultShape<Inserting<S, Axis>>;

/** One axis replaced by several: `take` replaces the axis by the shape of its indices. */
export type Taking<S extends Shape, Axis extends number, By extends Shape> = S extends unknown
  ? number extends S['length'] | By['length'] | Axis
    ? Shape
    : WithAxes<S, Axis, ReplaceAxes<S, Axis, By>>
  : never;

/** The shape of `Taking`. */
export type Take<S extends Shape, Axis extends number, By extends Shape> = ResultShape<Taking<S, Axis, By>>;

/** The shape of a slice: a single index removes its axis, `[]` keeps the whole axis, other ranges give an unknown length. */
export type Slice<S extends Shape, Ranges extends readonly unknown[], Done extends Shape = []> = S extends unknown
  ? number extends S['length'] | Ranges['length']
    ? Shape
    : S extends readonly [infer First extends number, ...infer Rest extends Shape]
      ? Ranges extends readonly [infer SliceRange, ...infer Later]
        ? Slice<
            Rest,
            Later,
            SliceRange extends number ? Done : [...Done, SliceRange extends readonly [] ? First : number]
          >
        : [...Done, ...S]
      : Done
  : never;
