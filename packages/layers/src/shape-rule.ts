import type {
  EqualLength,
  LayerCall,
  NamedVariables,
  OpenShape,
  ShapeOrError,
  Shape,
  ShowShape,
  SizeOf,
  Sum,
  Tensor,
  WindowCount,
  WindowSpan,
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

/** A number for all axes, or one for each. */
export type PerAxis = number | readonly number[];

/** How windows slide over the axes behind the channels. */
export interface Sliding {
  readonly size: PerAxis;
  readonly stride: PerAxis;
  readonly dilation: PerAxis;
  readonly padding: PerAxis | 'same' | 'valid' | 'causal';
}

/**
 * Windows that slide over the axes behind the channels: [N, In, lengths…] → [N, Out, positions…]. `Unknown` has as many
 * axes as x: [number, In, number, …].
 */
export interface Windows<
  out Unknown extends Shape,
  out Out extends number,
  out Slide extends Sliding,
> extends ShapeRule {
  readonly output: WindowsOutput<this['input'], Unknown, Out, Slide>;
}

/** The windows of a pooling layer, of `ceilMode` and without. Where a last one may be incomplete their number is not known. */
export interface Pooled<
  out Size extends PerAxis,
  out Stride extends PerAxis,
  out Padding extends Sliding['padding'],
  out Dilation extends PerAxis,
  out Ceil extends boolean,
> extends Sliding {
  readonly size: Size;
  readonly stride: Ceil extends false ? Stride : number;
  readonly dilation: Dilation;
  readonly padding: Padding;
}

/** Windows, with the channels that x has. */
export interface PooledWindows<out Unknown extends Shape, out Slide extends Sliding> extends ShapeRule {
  readonly output: this['input'] extends readonly [number, infer C extends number, ...number[]]
    ? WindowsOutput<this['input'], Unknown, C, Slide>
    : WindowsOutput<this['input'], Unknown, number, Slide>;
}

type WindowsOutput<S, Unknown extends Shape, Out extends number, Slide extends Sliding> = S extends unknown
  ? number[] extends S
    ? WithChannels<Unknown, Out>
    : S extends Shape
      ? FitsShape<S, Unknown> extends true
        ? S extends readonly [infer N extends number, number, ...infer Lengths extends Shape]
          ? number extends S['length']
            ? WithChannels<Unknown, Out>
            : Positions<Lengths, Slide> extends infer Counts extends Shape
              ? [N, Out, ...Counts]
              : `The layer has windows of ${ShowPerAxis<Slide['size']>} elements, got ${ShowShape<S>}.`
          : WithChannels<Unknown, Out>
        : `The layer expects ${ShowShape<Unknown>}, got ${ShowShape<S>}.`
      : never
  : never;

type WithChannels<Unknown extends Shape, Out extends number> = Unknown extends readonly [
  infer N extends number,
  number,
  ...infer Rest extends Shape,
]
  ? [N, Out, ...Rest]
  : Shape;

type ShowPerAxis<Size extends PerAxis> = Size extends Shape ? ShowShape<Size> : Size extends number ? `${Size}` : never;

/** The number of windows along each axis; undefined when there is none along one of them. */
type Positions<Lengths extends Shape, Slide extends Sliding, Done extends Shape = []> = Lengths extends readonly [
  infer Length extends number,
  ...infer Rest extends Shape,
]
  ? PositionsAlong<
      Length,
      WindowSpan<Along<Slide['size'], Done['length']>, Along<Slide['dilation'], Done['length']>>,
      Along<Slide['stride'], Done['length']>,
      Slide['padding'],
      Done['length']
    > extends infer Count extends number
    ? [Count] extends [never]
      ? undefined
      : Positions<Rest, Slide, [...Done, Count]>
    : undefined
  : Done;

type Along<Numbers extends PerAxis, Axis extends number> = Numbers extends Shape
  ? Numbers[Axis] extends infer One extends number
    ? One
    : number
  : Extract<Numbers, number>;

type PositionsAlong<
  Length extends number,
  Span extends number,
  Stride extends number,
  Padding extends Sliding['padding'],
  Axis extends number,
> = [Padding] extends ['same' | 'causal']
  ? WindowCount<Length, 1, Stride>
  : [Padding] extends ['valid']
    ? WindowCount<Length, Span, Stride>
    : [Padding] extends [PerAxis]
      ? WindowCount<Sum<Length, Sum<Along<Padding, Axis>, Along<Padding, Axis>>>, Span, Stride>
      : number;

/** One row of numbers per sample: [N, a, b, …] → [N, a · b · …]. */
export interface FlatRows extends ShapeRule {
  readonly output: FlatShape<this['input']>;
}

/** The shape of `flatten`. */
export type FlatShape<S> = S extends unknown
  ? S extends readonly [infer N extends number, ...infer Rest extends Shape]
    ? number extends S['length']
      ? [number, number]
      : [N, SizeOf<Rest>]
    : S extends readonly []
      ? 'The layer expects at least one axis, the samples, got [].'
      : [number, number]
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
type RuleOf<Layer> = typeof ruleOf extends keyof Layer
  ? Extract<Layer[typeof ruleOf], ShapeRule>
  : Layer extends { readonly parameters: NamedVariables }
    ? AnyShape
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
