import type { Look, NeuronPlace, Points } from '../protocol.ts';
import { classesOf, dataFacts } from '../state/data-kinds.ts';
import type { DataSettings } from '../state/schema.ts';
import { drawAxis, drawCurve } from './curve.ts';
import type { Domain } from './domain.ts';
import { colorHeat, scaleOf } from './heat.ts';
import { type Context, Picture } from './image.ts';
import { drawMarks } from './marks.ts';
import { css, type Palette, paletteOf } from './palette.ts';
import { outputSide, type Portrait } from './portrait.ts';
import type { DrawBorders } from './borders.ts';
import { colorRegions } from './regions.ts';
import { sharesOf } from './shares.ts';

/** The large picture of what a network answers, with the points; or of what one neuron gives. */
export class OutputPainter {
  readonly #context: Context;
  readonly #picture: Picture = new Picture(outputSide);
  #marks: OffscreenCanvas | undefined;
  #size = 0;
  #look: Look = { dark: false, ratio: 1 };
  #palette: Palette = paletteOf(this.#look);

  constructor(canvas: OffscreenCanvas) {
    this.#context = canvas.getContext('2d')!;
  }

  /** From now on the picture is so large, in CSS pixels, and looks like that. */
  fit(size: number, look: Look): void {
    const side = Math.max(1, Math.round(size * look.ratio));
    if (this.#context.canvas.width !== side) {
      this.#context.canvas.width = side;
      this.#context.canvas.height = side;
    }
    this.#size = size;
    this.#look = look;
    this.#palette = paletteOf(look);
    this.#marks = undefined;
  }

  /** The points are others: they are drawn anew. */
  forget(): void {
    this.#marks = undefined;
  }

  paint(
    portrait: Portrait,
    {
      data,
      points,
      domain,
      inspected,
      drawBorders,
    }: {
      readonly data: DataSettings;
      readonly points: Points;
      readonly domain: Domain;
      readonly inspected: NeuronPlace | undefined;
      readonly drawBorders: DrawBorders | undefined;
    },
  ): void {
    const context = this.#context;
    const side = context.canvas.width;
    const ratio = side / (this.#size || 1);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = css(this.#palette.paper);
    context.fillRect(0, 0, side, side);
    const marks = (): void => context.drawImage((this.#marks ??= this.#drawMarks(data, points, domain)), 0, 0);
    const neuron = inspected && portrait.neuron(inspected);
    if (portrait.inputs === 1) {
      const values = neuron ?? portrait.output();
      const shown = neuron ? { y: around(scaleOf(values)) } : domain;
      const box = { domain: shown, width: side, height: side, palette: this.#palette };
      drawAxis(context, box);
      if (!neuron) marks();
      drawCurve(context, values, { ...box, color: this.#palette.positive, thickness: 3 * ratio });
      return;
    }
    if (neuron) {
      colorHeat(this.#picture, neuron, scaleOf(neuron), this.#palette);
      this.#drawPicture();
    } else if (dataFacts[data.kind].task === 'regression') {
      colorHeat(this.#picture, portrait.output(), 1, this.#palette);
      this.#drawPicture();
    } else {
      const classes = classesOf(data);
      const shares = sharesOf(portrait.output(), portrait.outputs, classes);
      colorRegions(this.#picture, shares, classes, this.#palette);
      this.#drawPicture();
      drawBorders?.(context, shares, { classes, side: outputSide, size: side, palette: this.#palette });
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
      quantities: facts.task === 'regression',
      radius: facts.inputs === 1 ? 2.2 : points.y.length > 400 ? 3 : 3.8,
    });
    return canvas;
  }
}

function around(scale: number): readonly [number, number] {
  return [-1.15 * scale, 1.15 * scale];
}
