import type { Shape } from '../shape.ts';

/*
 * Shapes as the compiler sees them. A literal length is checked; `number` is "any length" and always passes; plain
 * `Shape` is "any rank" and passes everywhere. `[...number[], 4]` is "any rank, and rows of 4".
 *
 * A rule is one type, such as `Broadcasting<A, B>`: it gives the shape of the result, or a sentence of complaint.
 * `Fits` puts the complaint where the type of a parameter stands, so that it is what the compiler prints;
 * `Broadcast<A, B>` is the shape alone. A method with a rule is declared so:
 *
 *   add<A extends Shape, B extends Shape = []>(
 *     this: Tensor<A>,
 *     other: Fits<Broadcasting<A, B>, B, Tensor<B> | number>,
 *   ): Tensor<Broadcast<A, B>>
 *
 * It names its own shape again as A. If rules spoke of the S of Tensor<S>, the compiler would go through all methods to
 * find out whether a Tensor<[3, 4]> is a Tensor, slowly, and come to the wrong end. B is [] when `other` is a number.
 * Where a shape is given as an array, `const To extends Shape | []` makes the compiler take [3, 4] for [3, 4].
 *
 * Rules ask first, shape by shape, whether the rank is unknown (`number[] extends A`), and let it pass. For this is
 * also how the compiler tries them inside a generic function, where a shape `S extends Shape` is still open.
 */

/** What a rule gives: the shape of the result, or why there is none. */
export type Outcome = Shape | string;

/**
 * The type of a parameter: `T` where the outcome is a shape, else the complaint, which no argument satisfies.
 * The compiler infers `Inferred` from `T`.
 */
// An index is looked up for open shapes too, where a condition would be put off and let nothing pass; but the compiler
// infers through conditions only. The second part is there for that, and is empty as soon as `Inferred` is known.
export type Fits<Result extends Outcome, Inferred, T> =
  | { fits: T; wrong: Result }[Result extends string ? 'wrong' : 'fits']
  | (Inferred extends unknown ? never : T);

/** The shape that a rule gives; any shape after a complaint, so that one mistake is told once. */
export type Result<R extends Outcome> = R extends Shape ? R : Shape;

/** A shape as people write it: `[3, 4]`; an unknown length is `number`, an unknown rank three dots. */
export type ShowShape<S extends Shape, Text extends string = ''> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? ShowShape<Rest, `${Text}${Text extends '' ? '' : ', '}${ShowLength<First>}`>
  : S extends readonly []
    ? `[${Text}]`
    : S extends readonly [...infer Rest extends Shape, infer Last extends number]
      ? ShowOpenShape<Rest, ShowLength<Last>>
      : '[...]';

type ShowOpenShape<S extends Shape, Text extends string> = S extends readonly [
  ...infer Rest extends Shape,
  infer Last extends number,
]
  ? ShowOpenShape<Rest, `${ShowLength<Last>}, ${Text}`>
  : `[..., ${Text}]`;

export type ShowLength<Length extends number> = number extends Length ? 'number' : `${Length}`;

/** Every length forgotten, the rank kept. */
export type SameRank<S extends Shape> = number extends S['length'] ? Shape : { -readonly [Axis in keyof S]: number };

/** An unknown number of leading lengths, then these. */
export type OpenShape<Last extends Shape> = Last extends readonly [] ? Shape : [...number[], ...Last];

/** Two lengths that must be equal: the one that is known; `never` when they cannot be. */
export type EqualLength<A extends number, B extends number> = number extends A
  ? B
  : number extends B
    ? A
    : Extract<A, B>;

/** One length stretched over another, `never` when they cannot be. */
type BroadcastLength<A extends number, B extends number> = number extends A
  ? B extends 1
    ? A
    : B
  : number extends B
    ? A extends 1
      ? B
      : A
    : A extends 1
      ? B
      : B extends 1
        ? A
        : A extends B
          ? A
          : never;

/** Two shapes lined up at the right, and the axes done so far. */
type Align<A extends Shape, B extends Shape, Done extends Shape = []> = B extends readonly []
  ? [...A, ...Done]
  : A extends readonly []
    ? [...B, ...Done]
    : A extends readonly [...infer LeadingA extends Shape, infer LastA extends number]
      ? B extends readonly [...infer LeadingB extends Shape, infer LastB extends number]
        ? [BroadcastLength<LastA, LastB>] extends [never]
          ? `${LastA} meets ${LastB}`
          : Align<LeadingA, LeadingB, [BroadcastLength<LastA, LastB>, ...Done]>
        : OpenShape<Done>
      : OpenShape<Done>;

/** The common shape of two operands, by NumPy's rule: lined up at the right, lengths of 1 are stretched. */
export type Broadcasting<A extends Shape, B extends Shape> = A extends unknown
  ? number[] extends A
    ? Shape
    : B extends unknown
      ? number[] extends B
        ? Shape
        : Align<A, B> extends infer Aligned
          ? Aligned extends string
            ? `Cannot broadcast ${ShowShape<A>} with ${ShowShape<B>}: counted from the right, lengths must be equal or 1, but ${Aligned}.`
            : Aligned
          : never
      : never
  : never;

/** The shape of `Broadcasting`; with a number it is `A` at once, even where `A` is still open. */
export type Broadcast<A extends Shape, B extends Shape> = B extends readonly [] ? A : Result<Broadcasting<A, B>>;

/** The product of two matrices; a vector is a row on the left and a column on the right, batches broadcast. */
export type Multiplying<A extends Shape, B extends Shape> = A extends unknown
  ? number[] extends A
    ? Shape
    : B extends unknown
      ? number[] extends B
        ? Shape
        : Multiply<A, B>
      : never
  : never;

type Multiply<A extends Shape, B extends Shape> = A extends readonly [
  ...infer RowsA extends Shape,
  infer Inner extends number,
]
  ? B extends readonly [infer Rows extends number]
    ? Meeting<A, B, Inner, Rows, number extends RowsA['length'] ? Shape : RowsA>
    : B extends readonly [...infer BatchB extends Shape, infer Rows extends number, infer Columns extends number]
      ? RowsA extends readonly []
        ? Meeting<A, B, Inner, Rows, [...BatchB, Columns]>
        : RowsA extends readonly [...infer BatchA extends Shape, infer Height extends number]
          ? Meeting<A, B, Inner, Rows, Batched<A, B, Align<BatchA, BatchB>, [Height, Columns]>>
          : Meeting<A, B, Inner, Rows, OpenShape<[Columns]>>
      : B extends readonly []
        ? ScalarComplaint<A, B>
        : Shape
  : ScalarComplaint<A, B>;

type Meeting<A extends Shape, B extends Shape, Inner extends number, Rows extends number, Product extends Outcome> = [
  EqualLength<Inner, Rows>,
] extends [never]
  ? `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: the columns of the first (${Inner}) must equal the rows of the second (${Rows}).`
  : Product;

type Batched<A extends Shape, B extends Shape, Batch, Matrix extends Shape> = Batch extends Shape
  ? [...Batch, ...Matrix]
  : Batch extends string
    ? `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: the batches do not broadcast, ${Batch}.`
    : never;

type ScalarComplaint<
  A extends Shape,
  B extends Shape,
> = `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: both must have at least one axis. Use mul for a scalar.`;

/** The shape of `Multiplying`. */
export type MatMul<A extends Shape, B extends Shape> = Result<Multiplying<A, B>>;

/** NumPy's `dot`: scalars multiply, and every row of the first meets every column of the second. */
export type Dotting<A extends Shape, B extends Shape> = A extends unknown
  ? number[] extends A
    ? Shape
    : B extends unknown
      ? number[] extends B
        ? Shape
        : DotOf<A, B>
      : never
  : never;

type DotOf<A extends Shape, B extends Shape> = A extends readonly []
  ? B
  : B extends readonly []
    ? A
    : A extends readonly [...infer LeadingA extends Shape, infer Inner extends number]
      ? B extends readonly [infer Rows extends number]
        ? Meeting<A, B, Inner, Rows, number extends LeadingA['length'] ? Shape : LeadingA>
        : B extends readonly [...infer LeadingB extends Shape, infer Rows extends number, infer Columns extends number]
          ? Meeting<
              A,
              B,
              Inner,
              Rows,
              number extends LeadingA['length'] | LeadingB['length'] ? Shape : [...LeadingA, ...LeadingB, Columns]
            >
          : Shape
      : Shape;

/** The shape of `Dotting`. */
export type Dot<A extends Shape, B extends Shape> = B extends readonly [] ? A : Result<Dotting<A, B>>;

type Nest<T, Outer extends Shape> = [T] extends [number | boolean]
  ? Outer
  : [T] extends [ArrayLike<unknown>]
    ? number extends T['length']
      ? Nest<T[number], [...Outer, number]>
      : T extends readonly [infer First, ...unknown[]]
        ? Nest<First, [...Outer, T['length']]>
        : [...Outer, T['length']]
    : Outer extends readonly []
      ? Shape
      : [...Outer, ...number[]];

/** The shape of a nested list of numbers, as far as its type tells: `[[1, 2], [3, 4]]` is [2, 2]. */
export type NestedShape<T> = Nest<T, []> extends infer S extends Shape ? S : Shape;
