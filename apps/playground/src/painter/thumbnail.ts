import { generateData } from '../engine/data.ts';
import type { Appearance } from '../protocol.ts';
import { dataFacts } from '../state/data-kinds.ts';
import { dataSchema } from '../state/schema.ts';
import { domainOf } from './domain.ts';
import { drawMarks } from './marks.ts';
import { paletteOf } from './palette.ts';

/** The side of a thumbnail, in CSS pixels. */
const sampleSize = 44;

/** Draws a thumbnail of a data set. */
export function paintThumbnail(canvas: OffscreenCanvas, place: number, appearance: Appearance): void {
  const kind = dataSchema.fields.kind.names[place];
  if (!kind) return;
  const { inputs, task, noise } = dataFacts[kind];
  const data = { ...dataSchema.fallback, kind, classes: 3, samples: kind === 'plane' ? 120 : 90, noise };
  const { train } = generateData(data);
  const points = {
    x: Float32Array.from(train.x.data),
    y: Float32Array.from(train.y.data),
    trained: train.x.shape[0]!,
  };
  const side = Math.round(sampleSize * appearance.ratio);
  [canvas.width, canvas.height] = [side, side];
  const settings = { domain: domainOf(points, inputs), size: sampleSize, palette: paletteOf(appearance), inputs };
  drawMarks(canvas.getContext('2d')!, points, { ...settings, regression: task === 'regression', radius: 1.6 });
}
