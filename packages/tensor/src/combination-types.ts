import type { Inserting, LengthsAt, WithAxes, WithLength } from './axis-types.ts';
import type { Shape } from './shape.ts';
import type { EqualLength, Outcome, Result, SameRank, ShowShape } from './shape-types.ts';
import type { Sum } from './size-types.ts';

/** Two shapes that must agree: the lengths that are known of either; or `undefined` when they cannot agree. */
type Agreed<A extends Shape, B extends Shape, Done extends Shape = []> = number extends A['length']
  ? B
  : number extends B['length']
    ? A
    : A extends readonly [infer FirstA extends number, ...infer RestA extends Shape]
      ? B extends readonly [infer FirstB extends number, ...infer RestB extends Shape]
        ? [EqualLength<FirstA, FirstB>] extends [never]
          ? undefined
          : Agreed<RestA, RestB, [...Done, EqualLength<FirstA, FirstB>]>
        : undefined
      : B extends readonly []
        ? Done
        : undefined;

/** Two shapes laid end to end along one axis; `undefined` when they differ elsewhere. */
type Join<A extends Shape, B extends Shape, Axis extends number> = number extends A['length'] | B['length']
  ? Shape
  : Agreed<WithLength<A, Axis, 0>, WithLength<B, Axis, 0>> extends infer Others extends Shape
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
    : `Cannot concat ${ShowShape<A>} and ${ShowShape<B>}: lengths must agree everywhere but on axis ${Axis}.`
  : Shapes extends readonly [infer Only extends Shape]
    ? WithAxes<Only, Axis, SameShape<Only>>
    : WithLength<Shapes[number], Axis, number>;

type SameShape<S extends Shape> = [...S];

/** Tensors laid end to end along one axis. */
export type Concatenating<
  Shapes extends readonly Shape[],
  Axis extends number,
  Each extends Shape = Shapes[number],
> = Each extends unknown ? (number extends Each['length'] ? Shape : JoinAll<Shapes, Axis>) : never;

/** The shape of `Concatenating`. */
export type Concat<Shapes extends readonly Shape[], Axis extends number> = Result<Concatenating<Shapes, Axis>>;

type AllAgreed<Shapes extends readonly Shape[]> = Shapes extends readonly [
  infer A extends Shape,
  infer B extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? Agreed<A, B> extends infer Both extends Shape
    ? AllAgreed<[Both, ...Rest]>
    : `Cannot stack ${ShowShape<A>} and ${ShowShape<B>}: the shapes must be equal.`
  : Shapes[number];

/** Tensors of one shape side by side along a new axis. */
export type Stacking<
  Shapes extends readonly Shape[],
  Axis extends number,
  Each extends Shape = Shapes[number],
> = Each extends unknown
  ? number extends Each['length']
    ? Shape
    : StackAll<AllAgreed<Shapes>, Axis, Shapes['length']>
  : never;

type StackAll<Each extends Outcome, Axis extends number, Count extends number> = Each extends Shape
  ? Inserting<Each, Axis, Count>
  : Each;

/** The shape of `Stacking`. */
export type Stack<Shapes extends readonly Shape[], Axis extends number> = Result<Stacking<Shapes, Axis>>;
