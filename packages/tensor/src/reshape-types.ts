import type { Shape } from './shape.ts';
import type { Result, ShowLength, ShowShape } from './shape-types.ts';
import type { Quotient, SizeOf } from './size-types.ts';

/** A list without the first `Length` in it; `undefined` when there is none. */
type Without<Lengths extends Shape, Length extends number, Before extends Shape = []> = Lengths extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? [First, Length] extends [Length, First]
    ? [...Before, ...Rest]
    : Without<Rest, Length, [...Before, First]>
  : undefined;

/**
 * The lengths that two shapes do not share, [those of `From`, those of `To`]: what is on both sides cancels, known or
 * not, and smaller numbers are left to multiply. A −1 in `To` is left out, zeros do not cancel.
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

/** The length that −1 stands for; `number` when it is not known, `never` when nothing fits. */
type Solved<From extends Shape, To extends Shape> =
  Cancelled<From, To> extends [infer LeftFrom extends Shape, infer LeftTo extends Shape]
    ? Quotient<SizeOf<LeftFrom>, SizeOf<LeftTo>>
    : number;

/** Each −1 replaced by `Length`. */
type FillIn<To extends Shape, Length extends number> = {
  -readonly [Axis in keyof To]: number extends To[Axis] ? number : To[Axis] extends -1 ? Length : To[Axis];
};

/** The same elements in another shape; a −1 is worked out where the other lengths are known. */
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
        ? `Cannot reshape ${ShowShape<From>} to ${ShowShape<To>}: no length in the place of -1 gives ${ShowLength<SizeOf<From>>} elements.`
        : FillIn<To, Length>
      : never;

/** The shape of `Reshaping`. */
export type Reshape<From extends Shape, To extends Shape> = Result<Reshaping<From, To>>;

type SizesDiffer<A extends number, B extends number> = number extends A
  ? false
  : number extends B
    ? false
    : A extends B
      ? false
      : true;

/** Does one shape stretch to another? Compared axis by axis from the right. */
type Stretches<From extends Shape, To extends Shape> = From extends readonly []
  ? true
  : From extends readonly [...infer LeadingFrom extends Shape, infer LastFrom extends number]
    ? To extends readonly [...infer LeadingTo extends Shape, infer LastTo extends number]
      ? number extends LastFrom
        ? Stretches<LeadingFrom, LeadingTo>
        : number extends LastTo
          ? Stretches<LeadingFrom, LeadingTo>
          : LastFrom extends 1 | LastTo
            ? Stretches<LeadingFrom, LeadingTo>
            : false
      : number extends To['length']
        ? true
        : false
    : true;

/** A shape stretched to another, which may have more axes in front. */
export type Expanding<From extends Shape, To extends Shape> = To extends unknown
  ? number[] extends To
    ? Shape
    : From extends unknown
      ? number[] extends From
        ? To
        : Stretches<From, To> extends false
          ? `Cannot expand ${ShowShape<From>} to ${ShowShape<To>}: counted from the right, each length must be 1 or stay.`
          : To
      : never
  : never;
