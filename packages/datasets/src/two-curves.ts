import { fromTypedArray, permutation, ShapeError, type Tensor } from '@nn/tensor';
import { type Dataset, pickRows } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Shuffling } from './drawing.ts';

/** The options of data sets of two curves. */
export interface TwoCurves extends Shuffling {
  /** How many points: in all, or on the outer and the inner curve. */
  readonly samples?: number | readonly [outer: number, inner: number];
  /** The standard deviation of the normal noise on both coordinates; none is drawn when it is left out. */
  readonly noise?: number;
}

/** Their names, for `checkOptions`. */
export const twoCurvesOptions: readonly string[] = ['samples', 'noise', 'shuffle', 'random', 'dtype'];

/** The points of one curve. */
export type Curve = (count: number) => readonly (readonly [x: number, y: number])[];

/** Points on two curves in the plane, class 0 and class 1, with noise, and shuffled unless `shuffle` is false. */
export function drawTwoCurves(
  outer: Curve,
  inner: Curve,
  { samples = 100, shuffle = true, noise, random, dtype = 'float32' }: TwoCurves,
  caller: string,
): Dataset<[number, 2], [number]> {
  checkDrawing(random, dtype, caller);
  if (noise !== undefined) checkFinite(noise, 'noise', caller, 0);
  const [outside, inside] = countsOf(samples, caller);
  const count = outside + inside;
  const points = Float64Array.from([...outer(outside), ...inner(inside)].flat());
  const labels = new Int32Array(count).fill(1, outside);
  const sorted: Dataset = { x: fromTypedArray(points, [count, 2]), y: fromTypedArray(labels, [count]) };
  const { x, y } = shuffle ? pickRows(sorted, permutation(random, count)) : sorted;
  const noisy = noise === undefined ? x : x.add(random.normal([count, 2], { dtype: 'float64' }).mul(noise));
  return { x: noisy.cast(dtype) as Tensor<[number, 2]>, y: y as Tensor<[number]> };
}

function countsOf(samples: number | readonly number[], caller: string): readonly [outer: number, inner: number] {
  if (typeof samples === 'number') {
    const outer = Math.floor(checkCount(samples, 'samples', caller, 2) / 2);
    return [outer, samples - outer];
  }
  if (samples.length !== 2) {
    throw new ShapeError(
      `${caller}: samples is a number or [outer, inner], got ${samples.length} counts. Give one per curve.`,
    );
  }
  return [checkCount(samples[0]!, 'samples', caller), checkCount(samples[1]!, 'samples', caller)];
}
