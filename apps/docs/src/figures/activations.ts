import { identity, leakyRelu, relu, sigmoid, swish, tanh } from '@nn/activations';
import type { Tensor } from '@nn/tensor';

/** An activation with its label in figures. */
export interface NamedActivation {
  readonly label: string;
  readonly f: (x: Tensor) => Tensor;
}

/** Elementwise activations, by the name that tags and choices use. */
export const activations: Readonly<Record<string, NamedActivation>> = {
  identity: { label: 'Identity', f: (x) => identity(x) },
  sigmoid: { label: 'Sigmoid', f: (x) => sigmoid(x) },
  tanh: { label: 'Tanh', f: (x) => tanh(x) },
  relu: { label: 'ReLU', f: (x) => relu(x) },
  leakyRelu: { label: 'Leaky ReLU', f: (x) => leakyRelu(x) },
  swish: { label: 'Swish', f: (x) => swish(x) },
};

/** The activation with a given name. */
export function activationNamed(name: string): NamedActivation {
  const found = activations[name];
  if (found === undefined)
    throw new Error(`Unknown activation ${name}: activations are ${Object.keys(activations).join(', ')}.`);
  return found;
}

/** The options of a choice control: name and label of each activation. */
export const activationOptions: readonly (readonly [name: string, label: string])[] = Object.entries(activations).map(
  ([name, { label }]) => [name, label],
);
