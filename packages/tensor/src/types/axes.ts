import type { Shape } from '../shape.ts';
import type { Fits, Outcome, Result, SameRank, ShowShape } from './broadcast.ts';

/** An axis or several; negative ones count from the end, none given means all. */
export type Axes = number | readonly number[] | undefined;

type Negative<N extends number> = `-${N}` extends `${infer M extends number}` ? M : never;

/** The two names of the axis that comes after `Before`, where `From` starts: for [1] and [3, 4] they are 1 and -2. */
type AxisNames<Before extends Shape, From extends Shape> = Before['length'] | Negative<From['length']>;

/** All axes of a shape, by both names. */
type AllAxes<S extends Shape, Before extends Shape = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? AxisNames<Before, S> | AllAxes<Rest, [...Before, First]>
  : never;

type Listed<Axis extends Axes> = Axis extends number ? Axis : Axis extends Shape ? Axis[number] : never;

/** What is said when one of the axes is missing, else `Otherwise`. */
export type WithAxes<S extends Shape, Axis extends Axes, Otherwise extends Outcome> =
  number extends Listed<Axis>
    ? Otherwise
    : [Exclude<Listed<Axis>, AllAxes<S>>] extends [never]
      ? Otherwise
      : S extends readonly []
        ? `There is no axis ${Exclude<Listed<Axis>, AllAxes<S>>}: a scalar has no axes.`
        : `There is no axis ${Exclude<Listed<Axis>, AllAxes<S>>}: ${ShowShape<S>} has axes ${LowestAxis<S>} … ${HighestAxis<S>}.`;

type LowestAxis<S extends Shape> = Negative<S['length']>;
type HighestAxis<S extends Shape> = S extends readonly [number, ...infer Rest extends Shape] ? Rest['length'] : never;

/** Each axis in `Named` replaced by `By`; by nothing when that is []. */
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
      [Extract<Named, AxisNames<Before, S>>] extends [never] ? [...Done, First] : [...Done, ...By]
    >
  : Done;

/** The lengths along the axes in `Named`. */
export type LengthsAt<S extends Shape, Named extends number, Before extends Shape = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? | ([Extract<Named, AxisNames<Before, S>>] extends [never] ? never : First)
    | LengthsAt<Rest, Named, [...Before, First]>
  : never;

/** What is left when axes are folded: they go, or stay with length 1. */
export type Reducing<S extends Shape, Axis extends Axes, Keepdims extends boolean = false> = boolean extends Keepdims
  ? Shape
  : [Axis, Keepdims] extends [undefined, false]
    ? []
    : S extends unknown
      ? number extends S['length']
        ? Shape
        : [Axis] extends [undefined]
          ? { -readonly [At in keyof S]: 1 }
          : Loose<Axis> extends true
            ? Keepdims extends true
              ? SameRank<S>
              : Shape
            : WithAxes<S, Axis, Fold<S, Axis, Keepdims extends true ? [1] : []>>
      : never;

type Fold<S extends Shape, Axis, By extends Shape> = Axis extends number
  ? ReplaceAxes<S, Axis, By>
  : Axis extends Shape
    ? ReplaceAxes<S, Axis[number], By>
    : Shape;

/** Are the axes not known one by one? */
type Loose<Axis extends Axes> =
  number extends Listed<Axis> ? true : Axis extends Shape ? (number extends Axis['length'] ? true : false) : false;

/** An axis, or axes, that a shape has. */
// Of `number | readonly number[]` the compiler infers one of the two; then any axis is let through.
export type Along<S extends Shape, Axis extends Axes> = Fits<
  Reducing<S, Axis>,
  Axis,
  number extends Listed<Axis> ? Axes : Axis
>;

/** One axis that a shape has. */
export type AlongOne<S extends Shape, Axis extends number | undefined> = Fits<Reducing<S, Axis>, Axis, Axis>;

/** The shape of `Reducing`. */
export type Reduce<S extends Shape, Axis extends Axes, Keepdims extends boolean = false> = Result<
  Reducing<S, Axis, Keepdims>
>;

/** Another length along one axis. */
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
 * Transpose, TransposeLast and Row are the types of properties (`T`, `mT`, iteration). There the compiler must see that
 * the more is known of S, the more is known of the result, or a Variable<[3, 4]> would be no Variable. It sees it as
 * long as S stands to the left of every `extends`; hence the list of ranks instead of `number extends S['length']`.
 */
type Rank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;

/** The axes turned round. */
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

/** One row: the first axis dropped. */
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
          : `Cannot permute ${ShowShape<S>} by ${ShowShape<Order>}: each of its ${S['length']} axes must be named once.`
  : never;

/** The shape of `Permuting`. */
export type Permute<S extends Shape, Order extends Shape> = Result<Permuting<S, Order>>;

/** Axes of length 1 dropped: all of them, or those that are named. */
export type Squeezing<S extends Shape, Axis extends Axes = undefined> = S extends unknown
  ? number extends S['length']
    ? Shape
    : [Axis] extends [undefined]
      ? WithoutOnes<S>
      : number extends Listed<Axis>
        ? Reducing<S, Axis>
        : Exclude<LengthsAt<S, Listed<Axis>>, 1> extends infer Long extends number
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
export type Squeeze<S extends Shape, Axis extends Axes = undefined> = Result<Squeezing<S, Axis>>;

/** A new axis put in, so that it is `Axis` of the result. */
export type Inserting<S extends Shape, Axis extends number, Length extends number = 1> = S extends unknown
  ? number extends S['length']
    ? Shape
    : number extends Axis
      ? SameRank<[...S, Length]>
      : Axis extends number
        ? InsertAt<S, Axis, Length> extends infer Inserted extends Shape
          ? Inserted
          : `Cannot put a new axis ${Axis} into ${ShowShape<S>}: the result has axes ${LowestAxis<[...S, 1]>} … ${S['length']}.`
        : never
  : never;

type InsertAt<S extends Shape, Axis extends number, Length extends number, Before extends Shape = []> = [
  Extract<Axis, AxisNames<Before, [...S, Length]>>,
] extends [never]
  ? S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? InsertAt<Rest, Axis, Length, [...Before, First]>
    : undefined
  : [...Before, Length, ...S];

/** The shape with a new axis of length 1. */
export type ExpandDims<S extends Shape, Axis extends number> = Result<Inserting<S, Axis>>;

/** An axis replaced by several, as `take` puts the shape of its indices in the place of the axis. */
export type Taking<S extends Shape, Axis extends number, By extends Shape> = S extends unknown
  ? number extends S['length'] | By['length'] | Axis
    ? Shape
    : WithAxes<S, Axis, ReplaceAxes<S, Axis, By>>
  : never;

/** The shape of `Taking`. */
export type Take<S extends Shape, Axis extends number, By extends Shape> = Result<Taking<S, Axis, By>>;

/** A part: a single place drops its axis, `[]` takes the axis whole, any other range leaves an unknown length. */
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
