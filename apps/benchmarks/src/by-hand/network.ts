import type { LayerStart } from '../task.ts';

/** One dense layer between typed arrays that are allocated once; all matrices row by row. */
interface DenseLayer {
  readonly inputs: number;
  readonly neurons: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly weightGradient: Float32Array;
  readonly biasGradient: Float32Array;
  /** What comes out of it after its activation, [rows, neurons]; in the backward pass, the gradient before the activation. */
  readonly output: Float32Array;
  readonly outputGradient: Float32Array;
}

/** A network of dense layers as one would write it in TypeScript without a library: plain loops over typed arrays. */
export interface PlainNetwork {
  readonly layers: readonly DenseLayer[];
  /** The logits of the rows `from` … `to` − 1 of x. */
  forward(x: Float32Array, from: number, to: number): Float32Array;
  /** The gradients of all weights, from the gradients of the logits in the last layer's `outputGradient`. */
  backward(x: Float32Array, from: number, to: number): void;
}

export function plainNetwork(starts: readonly LayerStart[], rows: number, activation: 'relu' | 'tanh'): PlainNetwork {
  const layers = starts.map(({ weight, bias }): DenseLayer => {
    const [inputs, neurons] = weight.shape as [number, number];
    return {
      inputs,
      neurons,
      weight: weight.data.slice(),
      bias: bias.data.slice(),
      weightGradient: new Float32Array(inputs * neurons),
      biasGradient: new Float32Array(neurons),
      output: new Float32Array(rows * neurons),
      outputGradient: new Float32Array(rows * neurons),
    };
  });
  return {
    layers,
    forward(x, from, to) {
      let values = x;
      for (let at = 0; at < layers.length; at++) {
        const layer = layers[at]!;
        affine(layer, values, from, to);
        if (at < layers.length - 1) activate(layer, activation, from, to);
        values = layer.output;
      }
      return values;
    },
    backward(x, from, to) {
      for (let at = layers.length - 1; at >= 0; at--) {
        const layer = layers[at]!;
        const before = layers[at - 1];
        weightSlopes(layer, before ? before.output : x, from, to);
        if (before) inputSlopes(layer, before, activation, from, to);
      }
    },
  };
}

/** output = values · weight + bias */
function affine({ inputs, neurons, weight, bias, output }: DenseLayer, values: Float32Array, from: number, to: number) {
  for (let row = from; row < to; row++) {
    const start = row * neurons;
    for (let neuron = 0; neuron < neurons; neuron++) output[start + neuron] = bias[neuron]!;
    for (let k = 0; k < inputs; k++) {
      const value = values[row * inputs + k]!;
      const weights = k * neurons;
      for (let neuron = 0; neuron < neurons; neuron++) output[start + neuron]! += value * weight[weights + neuron]!;
    }
  }
}

function activate({ neurons, output }: DenseLayer, activation: 'relu' | 'tanh', from: number, to: number): void {
  if (activation === 'tanh') {
    for (let at = from * neurons; at < to * neurons; at++) output[at] = Math.tanh(output[at]!);
  } else {
    for (let at = from * neurons; at < to * neurons; at++) if (output[at]! < 0) output[at] = 0;
  }
}

/** ∂weight = valuesᵀ · ∂output,  ∂bias = Σ ∂output */
function weightSlopes(layer: DenseLayer, values: Float32Array, from: number, to: number): void {
  const { inputs, neurons, weightGradient, biasGradient, outputGradient } = layer;
  weightGradient.fill(0);
  biasGradient.fill(0);
  for (let row = from; row < to; row++) {
    const start = row * neurons;
    for (let neuron = 0; neuron < neurons; neuron++) biasGradient[neuron]! += outputGradient[start + neuron]!;
    for (let k = 0; k < inputs; k++) {
      const value = values[row * inputs + k]!;
      const weights = k * neurons;
      for (let neuron = 0; neuron < neurons; neuron++)
        weightGradient[weights + neuron]! += value * outputGradient[start + neuron]!;
    }
  }
}

/** ∂before = (∂output · weightᵀ) · activation′, which is written with what the activation gave. */
function inputSlopes(
  { inputs, neurons, weight, outputGradient }: DenseLayer,
  before: DenseLayer,
  activation: 'relu' | 'tanh',
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const start = row * neurons;
    for (let k = 0; k < inputs; k++) {
      const at = row * inputs + k;
      const value = before.output[at]!;
      let sum = 0;
      for (let neuron = 0; neuron < neurons; neuron++)
        sum += outputGradient[start + neuron]! * weight[k * neurons + neuron]!;
      before.outputGradient[at] = activation === 'tanh' ? sum * (1 - value * value) : value > 0 ? sum : 0;
    }
  }
}
