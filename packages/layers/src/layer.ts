import type { Fits, LayerCall, NamedVariables, Result, Shape, Tensor } from '@nn/tensor';
import type { Entering } from './chain-types.ts';

/** What there is to know of a layer besides what it does. */
export interface LayerFacts {
  /** What there is to train, by name. */
  readonly parameters: NamedVariables;
  /** What it is in a few words, as a summary shows it: `dense 2 → 64`. */
  readonly title: string;
  /** The name that its parameters bear in a model; without one they bear the layer's place there. */
  readonly label: string | undefined;
  /** The shape of a single sample, if the layer takes one shape only. */
  readonly sample: Shape | undefined;
}

/**
 * A step on the way from the input to the prediction: a function, with the variables that it is trained by.
 *
 * A Layer<In, Out> takes rows of In numbers and gives rows of Out numbers; `number` stands for any length.
 */
export interface Layer<In extends number = number, Out extends number = number> extends LayerFacts {
  <S extends Shape>(
    x: Fits<Entering<S, In, Out>, S, Tensor<S>>,
    call?: LayerCall,
  ): Tensor<Result<Entering<S, In, Out>>>;
  readonly sample: readonly [...number[], In] | undefined;
}

/** All the way from the input to the prediction: a layer too, so that models are put together from models. */
export type Model = Layer;

/** Any function of a tensor can stand among layers: an activation, a reshape. A layer is one too. */
export type LayerFunction = (x: Tensor) => Tensor;

/** Is it more than a plain function? */
export function isLayer(layer: LayerFunction): layer is Layer {
  return 'parameters' in layer;
}

/** What a summary or a message calls it. */
export function titleOf(layer: LayerFunction): string {
  return isLayer(layer) ? layer.title : layer.name || 'function';
}
