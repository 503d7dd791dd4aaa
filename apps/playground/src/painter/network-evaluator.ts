import { concat, fromTypedArray, randomState, type Tensor } from '@nn/tensor';
import type { LearnerModule } from '../engine/learner-module.ts';
import { buildNetwork, type Network } from '../engine/network.ts';
import type { NeuronId, NeuronValues } from '../protocol.ts';
import { dataFacts, outputSize } from '../state/data-kinds.ts';
import type { DataSettings, NetworkSettings } from '../state/schema.ts';
import { type Domain, gridOver } from './domain.ts';

/** How finely what a single neuron gives is computed, on each side of its tile. */
export const tileSide = 48;
/** How finely the output is computed, on each side of its picture. */
export const outputSide = 100;

/** A network as the painter sees it: its weights of the moment, and what they give over the domain. */
export class NetworkEvaluator {
  readonly outputs: number;
  readonly inputs: 1 | 2;
  /** How many neurons each layer has, without the inputs. */
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
    // The weights that are drawn here are never seen: those of the trainer take their place.
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

  /** Makes it fast. */
  attach({ compileWasm }: LearnerModule): void {
    this.#tiles = compileWasm(this.#tiles);
    this.#output = compileWasm(this.#output);
    this.#layers = this.#layers.map((layer) => compileWasm(layer));
  }

  /** Takes the weights of the moment, all in a row. */
  setWeights(values: Float32Array): boolean {
    const parameters = Object.values(this.#network.parameters);
    if (parameters.reduce((sum, { size }) => sum + size, 0) !== values.length) return false;
    let from = 0;
    for (const parameter of parameters) {
      parameter.assign(fromTypedArray(values.slice(from, (from += parameter.size)), [...parameter.shape]));
    }
    return true;
  }

  /** What every neuron gives over the domain: [points, neurons of all layers]. */
  tiles(): Float32Array {
    return this.#tiles(this.#tileGrid).data as Float32Array;
  }

  /** What the network answers over the domain: [points, outputs]. */
  output(): Float32Array {
    return this.#output(this.#outputGrid).data as Float32Array;
  }

  /** What one neuron gives over the domain. */
  neuron({ layer, neuron }: NeuronId): Float32Array | undefined {
    const run = this.#layers[layer];
    const width = this.widths[layer];
    if (!run || width === undefined || neuron >= width) return undefined;
    const all = run(this.#outputGrid).data;
    return Float32Array.from({ length: all.length / width }, (_, row) => all[row * width + neuron]!);
  }

  /** What one neuron computes with. */
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

  /** The weights into a layer, row by row from each neuron before it. */
  weights(layer: number): ArrayLike<number> {
    return this.#network.layers[layer]!.weight.data;
  }
}
