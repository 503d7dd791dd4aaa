import type { Shape } from '../shape.ts';

/*
 * Shapes as the compiler sees them. A literal length is checked. `number` means "any length" and plain `Shape` "any rank";
 * both are always accepted. `[...number[], 4]` means "any rank, last axis 4".
 *
 * A shape rule is one type, such as `Broadcasting<A, B>`: it gives the shape of the result, or an error message.
 * `Fits` makes the error message the type of a parameter, so that the compiler prints it. `Broadcast<A, B>` is the
 * shape alone. A method with a shape rule is declared like this:
 *
 *   add<A extends Shape, B extends Shape = []>(
 *     this: Tensor<A>,
 *     other: Fits<Broadcasting<A, B>, B, Tensor<B> | number>,
 *   ): Tensor<Broadcast<A, B>>
 *
 * The shape of `this` is a type parameter A of the method. If rules used the S of Tensor<S>, the compiler would compare all
 * methods to decide whether a Tensor<[3, 4]> is a Tensor, which is slow and gives the wrong answer. B is [] when `other` is
 * a number. For shapes passed as arrays, `const To extends Shape | []` makes the compiler infer the tuple [3, 4] and not
 * number[].
 *
 * Rules first check, shape by shape, whether the rank is unknown (`number[] extends A`), and accept it. The compiler tries
 * them in the same way inside a generic function, where a shape `S extends Shape` is not known yet.
 */

/** What a shape rule gives: the shape of the result, or an error message. */
export type ShapeOrError = Shape | string;

/**
 * The type of a parameter: `T` if the rule gives a shape, otherwise the error message, which no argument satisfies.
 * The compiler infers `Inferred` from `T`.
 */
// An indexed access is resolved even while a shape is unknown; a conditional type would be deferred and accept nothing.
// But the compiler infers only through conditional types. The second member of the union is there for inference; it is
// `never` as soon as `Inferred` is known.
export type Fits<Result extends ShapeOrError, Inferred, T> =
  | { fits: T; wrong: Result }[Result extends string ? 'wrong' : 'fits']
  | (Inferred extends unknown ? never : T);

/** The shape that a rule gives. After an error it is any shape, so that one mistake is reported once. */
export type ResultShape<R extends ShapeOrError> = R extends Shape ? R : Shape;

/** A shape as text: `[3, 4]`. An unknown length is `number`, an unknown rank three dots. */
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

/** A shape of the same rank with unknown lengths. */
export type SameRank<S extends Shape> = number extends S['length'] ? Shape : { -readonly [Axis in keyof S]: number };

/** A shape of unknown rank that ends with these lengths. */
export type OpenShape<Last extends Shape> = Last extends readonly [] ? Shape : [...number[], ...Last];

/** The common value of two lengths that must be equal: the known one, or `never` when they differ. */
export type EqualLength<A extends number, B extends number> = number extends A
  ? B
  : number extends B
    ? A
    : Extract<A, B>;

/** The common length of two broadcast axes; `never` when they do not broadcast. */
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

/** Broadcasts two shapes from the last axis to the first. `Done` holds the axes that are already broadcast. */
type BroadcastAxes<A extends Shape, B extends Shape, Done extends Shape = []> = B extends readonly []
  ? [...A, ...Done]
  : A extends readonly []
    ? [...B, ...Done]
    : A extends readonly [...infer LeadingA extends Shape, infer LastA extends number]
      ? B extends readonly [...infer LeadingB extends Shape, infer LastB extends number]
        ? [BroadcastLength<LastA, LastB>] extends [never]
          ? `${LastA} and ${LastB} differ`
          : BroadcastAxes<LeadingA, LeadingB, [BroadcastLength<LastA, LastB>, ...Done]>
        : OpenShape<Done>
      : OpenShape<Done>;

/** The common shape of two operands by NumPy's rule: shapes are aligned at the last axis, lengths of 1 are stretched. */
export type Broadcasting<A extends Shape, B extends Shape> = A extends unknown
  ? number[] extends A
    ? Shape
    : B extends unknown
      ? number[] extends B
        ? Shape
        : BroadcastAxes<A, B> extends infer Common
          ? Common extends string
            ? `Cannot broadcast ${ShowShape<A>} with ${ShowShape<B>}: counted from the right, lengths must be equal or 1, but ${Common}.`
            : Common
          : never
      : never
  : never;

/** The shape of `Broadcasting`. If the other operand is a number it is `A`, even while `A` is unknown. */
export type Broadcast<A extends Shape, B extends Shape> = B extends readonly [] ? A : ResultShape<Broadcasting<A, B>>;

/** The product of two matrices. A vector on the left is a row, on the right a column. Batch axes are broadcast. */
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
    ? Contract<A, B, Inner, Rows, number extends RowsA['length'] ? Shape : RowsA>
    : B extends readonly [...infer BatchB extends Shape, infer Rows extends number, infer Columns extends number]
      ? RowsA extends readonly []
        ? Contract<A, B, Inner, Rows, [...BatchB, Columns]>
        : RowsA extends readonly [...infer BatchA extends Shape, infer Height extends number]
          ? Contract<A, B, Inner, Rows, Batched<A, B, BroadcastAxes<BatchA, BatchB>, [Height, Columns]>>
          : Contract<A, B, Inner, Rows, OpenShape<[Columns]>>
      : B extends readonly []
        ? ScalarError<A, B>
        : Shape
  : ScalarError<A, B>;

/** `Product` if the lengths of the two contracted axes are equal, otherwise an error message. */
type Contract<
  A extends Shape,
  B extends Shape,
  Inner extends number,
  Rows extends number,
  Product extends ShapeOrError,
> = [EqualLength<Inner, Rows>] extends [never]
  ? `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: the columns of the first (${Inner}) must equal the rows of the second (${Rows}).`
  : Product;

type Batched<A extends Shape, B extends Shape, Batch, Matrix extends Shape> = Batch extends Shape
  ? [...Batch, ...Matrix]
  : Batch extends string
    ? `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: the batch axes do not broadcast, ${Batch}.`
    : never;

type ScalarError<
  A extends Shape,
  B extends Shape,
> = `Cannot multiply matrices ${ShowShape<A>} × ${ShowShape<B>}: both must have at least one axis. Use mul for a scalar.`;

/** The shape of `Multiplying`. */
export type MatMul<A extends Shape, B extends Shape> = ResultShape<Multiplying<A, B>>;

/** NumPy's `dot`: a scalar multiplies; otherwise the last axis of the first is contracted with the last but one of the second. */
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
        ? Contract<A, B, Inner, Rows, number extends LeadingA['length'] ? Shape : LeadingA>
        : B extends readonly [...infer LeadingB extends Shape, infer Rows extends number, infer Columns extends number]
          ? Contract<
              A,
              B,
              Inner,
              Rows,
              number extends LeadingA['length'] | LeadingB['length'] ? Shape : [...LeadingA, ...LeadingB, Columns]
            >
          : Shape
      : Shape;

/** The shape of `Dotting`. */
export type Dot<A extends Shape, B extends Shape> = B extends readonly [] ? A : ResultShape<Dotting<A, B>>;

type ShapeOfNested<T, Outer extends Shape> = [T] extends [number | boolean]
  ? Outer
  : [T] extends [ArrayLike<unknown>]
    ? number extends T['length']
      ? ShapeOfNested<T[number], [...Outer, number]>
      : T extends readonly [infer First, ...unknown[]]
        ? ShapeOfNested<First, [...Outer, T['length']]>
        : [...Outer, T['length']]
    : Outer extends readonly []
      ? Shape
      : [...Outer, ...number[]];

/** The shape of a nested array of numbers, as far as its type tells: [2, 2] for `[[1, 2], [3, 4]]`. */
export type NestedShape<T> = ShapeOfNested<T, []> extends infer S extends Shape ? S : Shape;
