import type { EqualLength, OpenShape, Shape, ShowShape, Tensor } from '@nn/tensor';

/*
 * Layers as the compiler sees them. A Layer<In, Out> takes rows of In numbers and gives rows of Out numbers, and leaves
 * the axes before the rows as they are. `number` is "any length" and always passes: a Layer<number, 3> gives rows of 3
 * and promises nothing else, a plain Layer promises nothing.
 *
 *   dense(2, 64, …)                          Layer<2, 64>
 *   sequential(dense(2, 64, …), relu, …)     Layer<2, …>
 *   relu: <S extends Shape>(x: Tensor<S>) => Tensor<S>     gives rows as long as it gets
 *   (x: Tensor) => Tensor                    may do anything
 *
 * How a function takes layers and has them checked:
 *
 *   function sequential<const Layers extends readonly LayerFunction[]>(
 *     ...layers: Chain<Layers>
 *   ): Layer<ChainInputs<Layers>, ChainOutputs<Layers>>
 */

/** What a Layer<In, Out> gives for x of shape S, or why it does not take it. */
export type Entering<S extends Shape, In extends number, Out extends number> = number extends In
  ? Leaving<Out>
  : S extends unknown
    ? number[] extends S
      ? Leaving<Out>
      : S extends readonly [...infer Leading extends Shape, infer Last extends number]
        ? [EqualLength<Last, In>] extends [never]
          ? `The layer expects ${RowsOf<In>}, got ${ShowShape<S>}.`
          : number extends Out
            ? Shape
            : [...Leading, Out]
        : `The layer expects ${RowsOf<In>}, got a scalar.`
    : never;

/** Rows of Out numbers, of which nothing else is known. */
type Leaving<Out extends number> = number extends Out ? Shape : OpenShape<[Out]>;

type RowsOf<Length extends number> = `rows of ${Length} ${Length extends 1 ? 'number' : 'numbers'}`;

type LastLength<S> = S extends readonly [...Shape, infer Last extends number] ? Last : number;

/** How long the rows must be that a layer takes. */
type InputsOf<Layer> = Layer extends { readonly sample: infer Sample }
  ? LastLength<Exclude<Sample, undefined>>
  : number;

/** Does a function give back the shape that it gets? */
type Keeps<Layer> = Layer extends <S extends Shape>(x: Tensor<S>) => Tensor<S> ? true : false;

/** How long the rows are that a layer gives, if it gets rows of In numbers. */
type OutputsOf<Layer, In extends number> =
  Keeps<Layer> extends true ? In : Layer extends (x: never) => Tensor<infer S> ? LastLength<S> : number;

/** Does a layer leave the axes before the rows as they are? */
type IsRowwise<Layer> =
  Keeps<Layer> extends true ? true : number extends InputsOf<Layer> | OutputsOf<Layer, number> ? false : true;

/** The layers, or a complaint in the place of the first that cannot take what the ones before it give. */
export type Chain<
  Layers extends readonly unknown[],
  Done extends readonly unknown[] = [],
  Given extends number = number,
  Giver extends number = 0,
> = Layers extends readonly [infer First, ...infer Rest]
  ? [EqualLength<Given, InputsOf<First>>] extends [never]
    ? [
        ...Done,
        `Layer ${Done['length']} takes ${RowsOf<InputsOf<First>>}, but layer ${Giver} gives rows of ${Given}. (The first layer is layer 0.)`,
        ...Rest,
      ]
    : Chain<
        Rest,
        [...Done, First],
        OutputsOf<First, EqualLength<Given, InputsOf<First>>>,
        Keeps<First> extends true ? Giver : Done['length'] & number
      >
  : [...Done, ...Layers];

/** How long the rows must be that layers one after another take. */
export type ChainInputs<Layers extends readonly unknown[]> = false extends {
  [At in keyof Layers]: IsRowwise<Layers[At]>;
}[number]
  ? number
  : FirstKnown<Layers>;

type FirstKnown<Layers extends readonly unknown[]> = Layers extends readonly [infer First, ...infer Rest]
  ? number extends InputsOf<First>
    ? FirstKnown<Rest>
    : InputsOf<First>
  : number;

/** How long the rows are that layers one after another give. */
export type ChainOutputs<Layers extends readonly unknown[], Given extends number = number> = Layers extends readonly [
  infer First,
  ...infer Rest,
]
  ? ChainOutputs<Rest, OutputsOf<First, Given>>
  : Given;
