import { concat, fromTypedArray, randomState, type Tensor } from '@nn/tensor';
import type { LearnerModule } from '../engine/learner-module.ts';
import { buildNetwork, type Network } from '../engine/network.ts';
import type { NeuronId, NeuronValues } from '../protocol.ts';
import { dataFacts, outputSize } from '../state/data-kinds.ts';
import type { DataSettings, NetworkSettings } from '../state/schema.ts';
import { type Domain, gridOver } from './domain.ts';

/** Grid points per side of the tile of a neuron. */
export const tileSide = 48;
/** Grid points per side of the output picture. */
export const outputSide = 100;

/** A copy of a network in the painter. Evaluates its neurons on a grid over the domain. */
export class NetworkEvaluator {
  readonly outputs: number;
  readonly inputs: 1 | 2;
  /** The number of neurons of each layer, without the inputs. */
  readonly widths: readonly number[];
  readonly #network: Network;
  #tiles: (grid: Tensor) => Tensor;
  #output: (grid: Tensor) => Tensor;
  #layers: readonly ((grid: Tensor) => Tensor)[];
  readonly #tileGrid: Tensor;
  readonly #outputGrid: Tensor;

  constructor(data: DataSettings, settings: NetworkSettings, domain: Domain) {
    this.inputs = dataFacts[data.kind].inputs;
    this.outputs = outputSize(data, settings);
    // The weights of the trainer replace these initial weights.
    const network = buildNetwork(data, settings, randomState(0));
    this.#network = network;
    this.widths = network.layers.map(({ weight }) => weight.shape[1]);
    const layerOutputs = (grid: Tensor): readonly Tensor[] => {
      const results = network.layerOutputs(grid);
      return [...results.slice(0, -1), network.predict(results.at(-1)!)];
    };
    this.#tiles = (grid) => concat([...layerOutputs(grid)], 1);
    this.#output = (grid) => layerOutputs(grid).at(-1)!;
    this.#layers = network.layers.map((_, at) => (grid) => layerOutputs(grid)[at]!);
    const grid = (side: number): Tensor =>
      fromTypedArray(gridOver(domain, side, this.inputs), [side ** this.inputs, this.inputs]);
    this.#tileGrid = grid(tileSide);
    this.#outputGrid = grid(outputSide);
  }

  /** Compiles the evaluation. */
  attach({ compileWasm }: LearnerModule): void {
    this.#tiles = compileWasm(this.#tiles);
    this.#output = compileWasm(this.#output);
    this.#layers = this.#layers.map((layer) => compileWasm(layer));
  }

  /** Sets all parameters from one flat array. Returns false if the size does not match. */
  setWeights(values: Float32Array): boolean {
    const parameters = Object.values(this.#network.parameters);
    if (parameters.reduce((sum, { size }) => sum + size, 0) !== values.length) return false;
    let from = 0;
    for (const parameter of parameters) {
      parameter.assign(fromTypedArray(values.slice(from, (from += parameter.size)), [...parameter.shape]));
    }
    return true;
  }

  /** The outputs of all neurons on the tile grid: [points, neurons of all layers]. */
  tiles(): Float32Array {
    return this.#tiles(this.#tileGrid).data as Float32Array;
  }

  /** The predictions on the output grid: [points, outputs]. */
  output(): Float32Array {
    return this.#output(this.#outputGrid).data as Float32Array;
  }

  /** The outputs of one neuron on the output grid. */
  neuron({ layer, neuron }: NeuronId): Float32Array | undefined {
    const run = this.#layers[layer];
    const width = this.widths[layer];
    if (!run || width === undefined || neuron >= width) return undefined;
    const all = run(this.#outputGrid).data;
    return Float32Array.from({ length: all.length / width }, (_, row) => all[row * width + neuron]!);
  }

  /** The bias and the weights of one neuron. */
  values(place: NeuronId): NeuronValues | undefined {
    const layer = this.#network.layers[place.layer];
    if (!layer || place.neuron >= layer.weight.shape[1]) return undefined;
    const [inputs, neurons] = layer.weight.shape;
    const { data } = layer.weight;
    return {
      ...place,
      bias: layer.bias?.data[place.neuron] ?? 0,
      weights: Float32Array.from({ length: inputs }, (_, from) => data[from * neurons + place.neuron]!),
    };
  }

  /** The weights of a layer, [inputs, neurons] in row-major order. */
  weights(layer: number): ArrayLike<number> {
    return this.#network.layers[layer]!.weight.data;
  }
}
