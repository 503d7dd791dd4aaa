import type {
  EqualLength,
  LayerCall,
  NamedVariables,
  OpenShape,
  ShapeOrError,
  Shape,
  ShowShape,
  Tensor,
} from '@nn/tensor';

/*
 * How layers change shapes, for the compiler. A rule is a function of types: an interface whose `output` is computed
 * from `this['input']`. It gives the shape of the result, or a sentence that says why x does not fit.
 *
 *   Rows<2, 64>                               [300, 2] → [300, 64]            what dense(2, 64) does
 *   SameShape                                 [300, 2] → [300, 2]             what an activation does
 *   Stated<[number, 28, 28], [number, 10]>    [32, 28, 28] → [number, 10]     what its function states
 *   AnyShape                                  any shape → any shape
 *
 * As everywhere, `number` in a shape means any length, and plain `Shape` any rank. Both always fit.
 */

/** How a layer changes shapes: `output` follows from `input`. */
export interface ShapeRule {
  readonly input: unknown;
  readonly output: ShapeOrError;
}

/** What a rule gives for x of shape S. */
export type OutputOf<Rule extends ShapeRule, S> = (Rule & { readonly input: S })['output'];

/** Any shape becomes any shape. */
export interface AnyShape extends ShapeRule {
  readonly output: Shape;
}

/** The shape stays as it is. */
export interface SameShape extends ShapeRule {
  readonly output: this['input'] extends Shape ? this['input'] : Shape;
}

/** Samples and channels stay, the axes behind them get other lengths: what pooling does. */
export interface ChannelsKept extends ShapeRule {
  readonly output: this['input'] extends readonly [infer N extends number, infer C extends number, ...infer Rest]
    ? readonly [N, C, ...{ [At in keyof Rest]: number }]
    : Shape;
}

/** Rows of In numbers become rows of Out numbers. The axes before them stay as they are. */
export interface Rows<out In extends number, out Out extends number> extends ShapeRule {
  readonly output: RowsOutput<this['input'], In, Out>;
}

type RowsOutput<S, In extends number, Out extends number> = number extends In
  ? OpenShape<[Out]>
  : S extends unknown
    ? number[] extends S
      ? OpenShape<[Out]>
      : S extends readonly [...infer Leading extends Shape, infer Last extends number]
        ? [EqualLength<Last, In>] extends [never]
          ? `The layer expects ${ShowRows<In>}, got ${ShowShape<[...Leading, Last]>}.`
          : [...Leading, Out]
        : `The layer expects ${ShowRows<In>}, got a scalar.`
    : never;

type ShowRows<Length extends number> = `rows of ${Length} ${Length extends 1 ? 'number' : 'numbers'}`;

/** Shapes that fit In become Out. */
export interface Stated<out In extends Shape, out Out extends Shape> extends ShapeRule {
  readonly output: StatedOutput<this['input'], In, Out>;
}

type StatedOutput<S, In extends Shape, Out extends Shape> = number[] extends In
  ? Out
  : S extends unknown
    ? number[] extends S
      ? Out
      : S extends Shape
        ? FitsShape<S, In> extends true
          ? Out
          : `The layer expects ${ShowShape<In>}, got ${ShowShape<S>}.`
        : never
    : never;

/** Does a shape fit another, axis by axis from the right? */
type FitsShape<S extends Shape, In extends Shape> = S extends readonly [
  ...infer LeadingS extends Shape,
  infer LastS extends number,
]
  ? In extends readonly [...infer LeadingIn extends Shape, infer LastIn extends number]
    ? [EqualLength<LastS, LastIn>] extends [never]
      ? false
      : FitsShape<LeadingS, LeadingIn>
    : number[] extends In
      ? true
      : false
  : number[] extends S | In
    ? true
    : In extends readonly []
      ? true
      : false;

/** The key under which the type of a layer holds its rule. No such property exists when the program runs. */
export declare const ruleOf: unique symbol;

/** The rule that the type of a function states. */
export type FunctionRule<Call> =
  Call extends <S extends Shape>(x: Tensor<S>, call: LayerCall) => Tensor<S>
    ? SameShape
    : Call extends (x: Tensor<infer In>, call: never) => Tensor<infer Out>
      ? Stated<In, Out>
      : AnyShape;

/** The rule of a layer, or of a function that stands among layers. */
type RuleOf<Layer> = Layer extends { readonly parameters: NamedVariables; readonly [ruleOf]?: infer Rule }
  ? Extract<Rule, ShapeRule>
  : FunctionRule<Layer>;

/** Layers one after another. */
export interface ChainRule<out Layers extends readonly unknown[]> extends ShapeRule {
  readonly output: ChainOutput<Layers, this['input']>;
}

type ChainOutput<Layers extends readonly unknown[], S> = Layers extends readonly [infer First, ...infer Rest]
  ? OutputOf<RuleOf<First>, S> extends infer Output
    ? Output extends Shape
      ? ChainOutput<Rest, Output>
      : Output extends string
        ? Output
        : Shape
    : never
  : Layers extends readonly []
    ? S extends Shape
      ? S
      : Shape
    : Shape;

/** The layers, with a complaint in the place of the first that does not fit what the ones before it give. */
export type Chain<
  Layers extends readonly unknown[],
  Done extends readonly unknown[] = [],
  S extends Shape = Shape,
  Giver extends number = 0,
> = Layers extends readonly [infer First, ...infer Rest]
  ? OutputOf<RuleOf<First>, S> extends infer Output
    ? Output extends Shape
      ? Chain<Rest, [...Done, First], Output, KeepsShape<RuleOf<First>> extends true ? Giver : Done['length'] & number>
      : [...Done, ChainComplaint<Output, Done['length'] & number, Giver>, ...Rest]
    : never
  : [...Done, ...Layers];

/** Does a rule give back the shape of x? A shape that no tensor has shows it. */
type KeepsShape<Rule extends ShapeRule> = OutputOf<Rule, readonly [-1]> extends readonly [-1] ? true : false;

type ChainComplaint<Complaint, At extends number, Giver extends number> = Complaint extends `The layer ${infer What}.`
  ? `Layer ${At} ${What} from layer ${Giver}. (The first layer is layer 0.)`
  : Complaint;
