import type { Variable } from './tensor.ts';

// What layers, activations, optimizers and files must agree on to work on the same model.

/** Variables by name: the parameters of a model, its buffers, or the state of an optimizer. */
export type NamedVariables = Readonly<Record<string, Variable>>;

/** What a model tells each of its layers besides x. */
export interface LayerCall {
  /** True while the model is trained. Dropout and batch statistics depend on it. */
  readonly training?: boolean;
}
