import type { Appearance, NeuronId, Points } from '../protocol.ts';
import { classCount, dataFacts } from '../state/data-kinds.ts';
import type { DataSettings } from '../state/schema.ts';
import { drawAxis, drawCurve } from './curve.ts';
import type { Domain } from './domain.ts';
import { colorHeatmap, maxAbs } from './heatmap.ts';
import { type Context, Picture } from './image.ts';
import { drawMarks } from './marks.ts';
import { css, type Palette, paletteOf } from './palette.ts';
import { outputSide, type NetworkEvaluator } from './network-evaluator.ts';
import type { DrawDecisionBoundaries } from './decision-boundaries.ts';
import { colorDecisionRegions } from './decision-regions.ts';
import { classProbabilities } from './class-probabilities.ts';

/** Paints the predictions of a network with the data, or the outputs of one inspected neuron. */
export class OutputPainter {
  readonly #context: Context;
  readonly #picture: Picture = new Picture(outputSide);
  #marks: OffscreenCanvas | undefined;
  #size = 0;
  #appearance: Appearance = { dark: false, ratio: 1 };
  #palette: Palette = paletteOf(this.#appearance);

  constructor(canvas: OffscreenCanvas) {
    this.#context = canvas.getContext('2d')!;
  }

  /** Sets the size of the picture in CSS pixels and its appearance. */
  fit(size: number, appearance: Appearance): void {
    const side = Math.max(1, Math.round(size * appearance.ratio));
    if (this.#context.canvas.width !== side) {
      this.#context.canvas.width = side;
      this.#context.canvas.height = side;
    }
    this.#size = size;
    this.#appearance = appearance;
    this.#palette = paletteOf(appearance);
    this.#marks = undefined;
  }

  /** Discards the drawn points after a change of the data. */
  forget(): void {
    this.#marks = undefined;
  }

  paint(
    evaluator: NetworkEvaluator,
    {
      data,
      points,
      domain,
      inspected,
      drawDecisionBoundaries,
    }: {
      readonly data: DataSettings;
      readonly points: Points;
      readonly domain: Domain;
      readonly inspected: NeuronId | undefined;
      readonly drawDecisionBoundaries: DrawDecisionBoundaries | undefined;
    },
  ): void {
    const context = this.#context;
    const side = context.canvas.width;
    const ratio = side / (this.#size || 1);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = css(this.#palette.paper);
    context.fillRect(0, 0, side, side);
    const marks = (): void => context.drawImage((this.#marks ??= this.#drawMarks(data, points, domain)), 0, 0);
    const neuron = inspected && evaluator.neuron(inspected);
    if (evaluator.inputs === 1) {
      const values = neuron ?? evaluator.output();
      const shown = neuron ? { y: around(maxAbs(values)) } : domain;
      const box = { domain: shown, width: side, height: side, palette: this.#palette };
      drawAxis(context, box);
      if (!neuron) marks();
      drawCurve(context, values, { ...box, color: this.#palette.positive, thickness: 3 * ratio });
      return;
    }
    if (neuron) {
      colorHeatmap(this.#picture, neuron, maxAbs(neuron), this.#palette);
      this.#drawPicture();
    } else if (dataFacts[data.kind].task === 'regression') {
      colorHeatmap(this.#picture, evaluator.output(), 1, this.#palette);
      this.#drawPicture();
    } else {
      const classes = classCount(data);
      const probabilities = classProbabilities(evaluator.output(), evaluator.outputs, classes);
      colorDecisionRegions(this.#picture, probabilities, classes, this.#palette);
      this.#drawPicture();
      drawDecisionBoundaries?.(context, probabilities, {
        classes,
        side: outputSide,
        size: side,
        palette: this.#palette,
      });
    }
    marks();
  }

  #drawPicture(): void {
    const side = this.#context.canvas.width;
    this.#context.imageSmoothingEnabled = true;
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(this.#picture.flush(), 0, 0, side, side);
  }

  #drawMarks(data: DataSettings, points: Points, domain: Domain): OffscreenCanvas {
    const canvas = new OffscreenCanvas(this.#context.canvas.width, this.#context.canvas.height);
    const facts = dataFacts[data.kind];
    drawMarks(canvas.getContext('2d')!, points, {
      domain,
      size: this.#size,
      palette: this.#palette,
      inputs: facts.inputs,
      regression: facts.task === 'regression',
      radius: facts.inputs === 1 ? 2.2 : points.y.length > 400 ? 3 : 3.8,
    });
    return canvas;
  }
}

function around(scale: number): readonly [number, number] {
  return [-1.15 * scale, 1.15 * scale];
}
