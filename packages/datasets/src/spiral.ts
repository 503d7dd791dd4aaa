import { checkOptions, fromTypedArray, linspace } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Drawing } from './drawing.ts';
import { inPrecision } from './precision.ts';

/**
 * Spiral arms around the origin, one per class: no straight line separates them.
 *
 *   r = 0 … 1,  t = 4c … 4(c + 1) + noise · randn,  x = (r sin 2.5t, r cos 2.5t)          for class c
 *
 * Draws the same numbers as `spiral_data` of the package nnfs: one normal per point, class by class. In float32 each normal is
 * rounded before it is scaled, as nnfs does after its `init()`; both dtypes draw equally many numbers.
 *
 * @param options.samples  points per class
 * @param options.classes  how many arms
 * @param options.noise    standard deviation of the noise on t, 0.2 as in nnfs unless given; it is drawn even when it is 0
 * @returns x [classes · samples, 2], y [classes · samples] of 0 … classes − 1, sorted by class
 * @throws RangeError when samples or classes is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(spiral({ samples: 2, classes: 2, random: randomState(0) }).y)   // [0 0 1 1]
 */
export function spiral(
  options: Drawing & { readonly samples?: number; readonly classes?: number; readonly noise?: number },
): Dataset<[number, 2], [number]> {
  const {
    samples = 100,
    classes = 3,
    noise = 0.2,
    random,
    dtype = 'float32',
  } = checkOptions('spiral', options, ['samples', 'classes', 'noise', 'random', 'dtype']);
  checkCount(samples, 'samples', 'spiral');
  checkCount(classes, 'classes', 'spiral');
  checkFinite(noise, 'noise', 'spiral', 0);
  checkDrawing(random, dtype, 'spiral');
  const count = samples * classes;
  const x = new Float64Array(count * 2);
  const y = new Int32Array(count);
  const radius = linspace(0, 1, { count: samples, dtype: 'float64' }).data;
  for (let label = 0; label < classes; label++) {
    const angle = linspace(label * 4, (label + 1) * 4, { count: samples, dtype: 'float64' }).data;
    const noiseOfArm = inPrecision(
      random.normal([samples], { dtype: 'float64' }).data as Float64Array,
      [samples],
      dtype,
    ).mul(noise).data;
    for (let sample = 0; sample < samples; sample++) {
      const row = label * samples + sample;
      const turned = (angle[sample]! + noiseOfArm[sample]!) * 2.5;
      x[row * 2] = radius[sample]! * Math.sin(turned);
      x[row * 2 + 1] = radius[sample]! * Math.cos(turned);
      y[row] = label;
    }
  }
  return { x: inPrecision(x, [count, 2], dtype), y: fromTypedArray(y, [count]) };
}
