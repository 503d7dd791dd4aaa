import { checkOptions } from '@nn/tensor';
import { evenParts } from './apportion.ts';
import type { Dataset } from './dataset.ts';
import { checkCount } from './drawing.ts';
import { checkScatter, labelled, type Scatter } from './scatter.ts';

/**
 * Concentric rings, one per class, the innermost first.
 *
 *   x = r · (cos a, sin a),  r = (c + 1) / classes,  a = 2π · uniform        for class c
 *
 * One uniform per point, then the noise. When the points do not divide evenly, the inner rings get one more.
 *
 * @param options.samples  points in all, 200 unless given
 * @param options.classes  how many rings, 2 unless given
 * @param options.noise    standard deviation of the noise on each coordinate; none when left out
 * @returns x [samples, 2], y [samples] of 0 … classes − 1, sorted by class
 * @throws RangeError when a count is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or there is no generator
 * @example String(rings({ samples: 5, classes: 2, random: randomState(0) }).y)   // [0 0 0 1 1]
 */
export function rings(options: Scatter & { readonly classes?: number }): Dataset<[number, 2], [number]> {
  const known = ['samples', 'classes', 'noise', 'random', 'dtype'];
  const { classes = 2, ...scatter } = checkOptions('rings', options, known);
  const samples = checkScatter(scatter, 'rings');
  checkCount(classes, 'classes', 'rings');
  const labels = Int32Array.from(
    evenParts(samples, classes).flatMap((count, label) => new Array<number>(count).fill(label)),
  );
  const turns = scatter.random.uniform([samples], { dtype: 'float64' }).data;
  const points = new Float64Array(samples * 2);
  for (const [row, label] of labels.entries()) {
    const [radius, angle] = [(label + 1) / classes, 2 * Math.PI * turns[row]!];
    points.set([radius * Math.cos(angle), radius * Math.sin(angle)], row * 2);
  }
  return labelled(points, labels, scatter);
}
