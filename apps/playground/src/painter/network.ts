import type { Appearance, NeuronId } from '../protocol.ts';
import type { LayerScene, NetworkScene } from '../scene/network-scene.ts';
import { classCount, dataFacts, outputActivation } from '../state/data-kinds.ts';
import type { DataSettings, NetworkSettings } from '../state/schema.ts';
import { drawAxis, drawCurve } from './curve.ts';
import { type Domain, gridOver } from './domain.ts';
import { maxAbs } from './heatmap.ts';
import { type Context, Picture } from './image.ts';
import { css, mixed, packed, type Palette, paletteOf, colorIndex } from './palette.ts';
import { type NetworkEvaluator, tileSide } from './network-evaluator.ts';
import { drawConnections } from './connections.ts';

/** The settings of a network drawing. */
export interface NetworkView {
  readonly data: DataSettings;
  readonly settings: NetworkSettings;
  readonly domain: Domain;
  readonly inspected: NeuronId | undefined;
}

/** Draws a network: connections by weight, and a tile per neuron with its output over the domain. */
export class NetworkPainter {
  readonly #context: Context;
  readonly #tile: Picture = new Picture(tileSide);
  #scene: NetworkScene | undefined;
  #appearance: Appearance = { dark: false, ratio: 1 };
  #palette: Palette = paletteOf(this.#appearance);

  constructor(canvas: OffscreenCanvas) {
    this.#context = canvas.getContext('2d')!;
  }

  /** Sets the layout and the appearance. */
  fit(scene: NetworkScene, appearance: Appearance): void {
    const { canvas } = this.#context;
    const [width, height] = [Math.round(scene.width * appearance.ratio), Math.round(scene.height * appearance.ratio)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    this.#scene = scene;
    this.#appearance = appearance;
    this.#palette = paletteOf(appearance);
  }

  paint(evaluator: NetworkEvaluator, view: NetworkView): void {
    const scene = this.#scene;
    // Layout and weights arrive in separate messages. Skips painting while they belong to different networks.
    if (!scene || !fits(scene, evaluator)) return;
    const context = this.#context;
    const { ratio } = this.#appearance;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, scene.width, scene.height);
    const [inputs, ...layers] = scene.layers as [LayerScene, ...LayerScene[]];
    for (const [at, layer] of layers.entries()) {
      const highlighted = view.inspected?.layer === at ? view.inspected.neuron : undefined;
      const from = at === 0 ? inputs : layers[at - 1]!;
      drawConnections(context, evaluator.weights(at), { from, to: layer, palette: this.#palette, highlighted });
    }
    this.#paintInputs(inputs, evaluator, view);
    const values = evaluator.tiles();
    const total = evaluator.widths.reduce((sum, width) => sum + width, 0);
    let column = 0;
    for (const [at, layer] of layers.entries()) {
      for (let neuron = 0; neuron < layer.neurons.length; neuron++, column++) {
        const own = Float32Array.from({ length: values.length / total }, (_, row) => values[row * total + column]!);
        this.#paintTile(own, { layer, neuron, view, label: at === layers.length - 1 ? neuron : undefined });
      }
    }
  }

  #paintInputs(layer: LayerScene, { inputs }: NetworkEvaluator, view: NetworkView): void {
    const grid = gridOver(view.domain, tileSide, inputs);
    for (let neuron = 0; neuron < inputs; neuron++) {
      const own = Float32Array.from({ length: grid.length / inputs }, (_, row) => grid[row * inputs + neuron]!);
      this.#paintTile(own, { layer, neuron, view, label: undefined });
    }
  }

  #paintTile(
    values: Float32Array,
    {
      layer,
      neuron,
      view,
      label,
    }: {
      readonly layer: LayerScene;
      readonly neuron: number;
      readonly view: NetworkView;
      readonly label: number | undefined;
    },
  ): void {
    const context = this.#context;
    const { ratio } = this.#appearance;
    const { x, y } = layer.neurons[neuron]!;
    const [side, left, top] = [layer.tile, x - layer.tile / 2, y - layer.tile / 2];
    context.setTransform(ratio, 0, 0, ratio, left * ratio, top * ratio);
    context.save();
    context.beginPath();
    context.roundRect(0, 0, side, side, 5);
    context.fillStyle = css(this.#palette.paper);
    context.fill();
    context.clip();
    if (dataFacts[view.data.kind].inputs === 1) {
      const scale = maxAbs(values) * 1.2;
      const box = { domain: { y: [-scale, scale] as const }, width: side, height: side, palette: this.#palette };
      drawAxis(context, box);
      drawCurve(context, values, { ...box, color: this.#palette.positive, thickness: 1.75 });
    } else {
      this.#colorTile(values, view, label);
      context.drawImage(this.#tile.flush(), 0, 0, side, side);
    }
    context.restore();
    context.beginPath();
    context.roundRect(0.5, 0.5, side - 1, side - 1, 5);
    context.strokeStyle = css(this.#palette.ink, 0.35);
    context.lineWidth = 1;
    context.stroke();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Colours a tile: hidden neurons by value, softmax outputs by class probability in the colour of the class. */
  #colorTile(values: Float32Array, { data, settings }: NetworkView, label: number | undefined): void {
    const { pixels } = this.#tile;
    const { paper, diverging, classes: colors } = this.#palette;
    const classes = classCount(data);
    if (label !== undefined && classes > 1 && outputActivation(data, settings) === 'softmax') {
      for (let at = 0; at < pixels.length; at++) {
        pixels[at] = packed(mixed(paper, colors[label]!, 0.9 * (values[at]! || 0)));
      }
      return;
    }
    const scale = maxAbs(values);
    for (let at = 0; at < pixels.length; at++) pixels[at] = diverging[colorIndex(values[at]!, scale)]!;
  }
}

function fits({ layers }: NetworkScene, { inputs, widths }: NetworkEvaluator): boolean {
  const counts = [inputs, ...widths];
  return layers.length === counts.length && layers.every(({ neurons }, at) => neurons.length === counts[at]);
}
