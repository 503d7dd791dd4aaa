import {
  checkOptions,
  concat,
  fromTypedArray,
  integers,
  permutation,
  type Random,
  ShapeError,
  type Tensor,
  tensor,
} from '@nn/tensor';
import { drawCorners } from './corners.ts';
import { type Dataset, pickRows } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Shuffling } from './drawing.ts';

/** The options of `classification`. */
export interface Classification extends Shuffling {
  /** How many rows. */
  readonly samples?: number;
  /** How many columns; those that are neither informative, redundant nor repeated are noise. */
  readonly features?: number;
  /** How many columns the classes differ in. */
  readonly informative?: number;
  /** How many columns are linear combinations of the informative ones. */
  readonly redundant?: number;
  /** How many columns repeat one of the above. */
  readonly repeated?: number;
  readonly classes?: number;
  readonly clustersPerClass?: number;
  /** The proportion of each class, one per class or all but the last; equal unless given. */
  readonly weights?: readonly number[];
  /** The fraction of the rows whose class is drawn again. */
  readonly flip?: number;
  /** Half the distance between neighbouring clusters. */
  readonly separation?: number;
  /** Clusters lie on the corners of a cube; otherwise each is moved towards the center by a random factor. */
  readonly hypercube?: boolean;
  /** What is added to x: one number, one per column, or drawn between −separation and separation. */
  readonly shift?: number | readonly number[] | 'random';
  /** What x is then multiplied by: one number, one per column, or drawn between 1 and 101. */
  readonly scale?: number | readonly number[] | 'random';
}

/**
 * Clusters on the corners of a cube, with columns that carry no information: a problem of adjustable difficulty.
 *
 *   x informative = (randn · A + corner),  A drawn again for each cluster
 *
 * Draws the same numbers as `make_classification` of scikit-learn. Cluster k belongs to class k mod classes.
 *
 * @returns x [samples, features], y [samples] of 0 … classes − 1
 * @throws ShapeError when the columns do not add up, or the cube has fewer corners than there are clusters
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example classification({ samples: 5, random: randomState(0) }).x.shape.join(' ')   // 5 20
 * @see Guyon, Design of experiments for the NIPS 2003 variable selection benchmark (2003)
 */
export function classification(options: Classification): Dataset<[number, number], [number]> {
  const {
    samples = 100,
    features = 20,
    informative = 2,
    redundant = 2,
    repeated = 0,
    classes = 2,
    clustersPerClass = 2,
    weights,
    flip = 0.01,
    separation = 1,
    hypercube = true,
    shift = 0,
    scale = 1,
    shuffle = true,
    random,
    dtype = 'float32',
  } = checkOptions('classification', options, [
    'samples',
    'features',
    'informative',
    'redundant',
    'repeated',
    'classes',
    'clustersPerClass',
    'weights',
    'flip',
    'separation',
    'hypercube',
    'shift',
    'scale',
    'shuffle',
    'random',
    'dtype',
  ]);
  checkDrawing(random, dtype, 'classification');
  checkCount(samples, 'samples', 'classification');
  checkCount(informative, 'informative', 'classification');
  checkCount(redundant, 'redundant', 'classification', 0);
  checkCount(repeated, 'repeated', 'classification', 0);
  checkCount(classes, 'classes', 'classification');
  checkCount(clustersPerClass, 'clustersPerClass', 'classification');
  checkFinite(flip, 'flip', 'classification', 0);
  checkFinite(separation, 'separation', 'classification');
  const noiseColumns = checkCount(features, 'features', 'classification') - informative - redundant - repeated;
  if (noiseColumns < 0) {
    throw new ShapeError(
      `classification: informative + redundant + repeated columns (${informative + redundant + repeated}) must fit into the ` +
        `${features} features. Raise features.`,
    );
  }
  const clusters = classes * clustersPerClass;
  if (clusters > 2 ** informative) {
    throw new ShapeError(
      `classification: ${classes} classes of ${clustersPerClass} clusters need ${clusters} corners, but a cube of ` +
        `${informative} informative columns has ${2 ** informative}. Raise informative.`,
    );
  }
  const counts = clusterCounts(samples, proportionsOf(weights, classes), clustersPerClass);

  const centers = cornersOf(clusters, informative, { separation, hypercube, random });
  const normals = normal(random, [samples, informative]);
  const clusterRows: Tensor[] = [];
  let start = 0;
  for (const [cluster, count] of counts.entries()) {
    const rows = normals.slice([start, (start += count)]);
    clusterRows.push(rows.matmul(symmetric(random, [informative, informative])).add(centers.slice(cluster)));
  }
  const columns = [concat(clusterRows)];
  if (redundant > 0) columns.push(columns[0]!.matmul(symmetric(random, [informative, redundant])));
  if (repeated > 0) {
    const last = informative + redundant - 1;
    const picked = random.uniform([repeated], { dtype: 'float64' }).mul(last).add(0.5).floor().cast('int32');
    columns.push(concat(columns, 1).take(picked, 1));
  }
  if (noiseColumns > 0) columns.push(normal(random, [samples, noiseColumns]));

  const labels = Int32Array.from(counts.flatMap((count, cluster) => new Array<number>(count).fill(cluster % classes)));
  flipLabels(labels, { flip, classes, random });

  const moved = concat(columns, 1).add(
    shift === 'random' ? symmetric(random, [features]).mul(separation) : perColumn(shift, features, 'shift'),
  );
  const scaled = moved.mul(
    scale === 'random'
      ? random.uniform([features], { dtype: 'float64' }).mul(100).add(1)
      : perColumn(scale, features, 'scale'),
  );
  const sorted: Dataset = { x: scaled, y: fromTypedArray(labels, [samples]) };
  const { x, y } = shuffle ? pickRows(sorted, permutation(random, samples)) : sorted;
  const ordered = shuffle ? x.take(permutation(random, features), 1) : x;
  return { x: ordered.cast(dtype) as Tensor<[number, number]>, y: y as Tensor<[number]> };
}

function normal(random: Random, shape: readonly number[]): Tensor {
  return random.normal(shape, { dtype: 'float64' });
}

/** Uniform from −1 to 1. */
function symmetric(random: Random, shape: readonly number[]): Tensor {
  return random.uniform(shape, { dtype: 'float64' }).mul(2).sub(1);
}

/** The proportion of each class. The last may be left out: it is the rest. */
function proportionsOf(weights: readonly number[] | undefined, classes: number): readonly number[] {
  if (weights === undefined) return new Array<number>(classes).fill(1 / classes);
  for (const weight of weights) checkFinite(weight, 'each weight', 'classification', 0);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum > 1 + 1e-9 || (weights.length !== classes && weights.length !== classes - 1)) {
    throw new ShapeError(
      `classification: weights must be the proportions of ${classes} classes, with a sum of at most 1, got ${weights.length} ` +
        `with a sum of ${sum}. Give one per class, or all but the last.`,
    );
  }
  return weights.length === classes ? weights : [...weights, 1 - sum];
}

/** How many rows each cluster gets: its proportion rounded down; the remaining rows go to the first clusters. */
function clusterCounts(samples: number, proportions: readonly number[], clustersPerClass: number): number[] {
  const clusters = proportions.length * clustersPerClass;
  const counts = Array.from({ length: clusters }, (_, cluster) =>
    Math.floor((samples * proportions[cluster % proportions.length]!) / clustersPerClass),
  );
  const missing = samples - counts.reduce((sum, count) => sum + count, 0);
  for (let extra = 0; extra < missing; extra++) counts[extra % clusters]!++;
  return counts;
}

/** The center of each cluster: a corner of the cube from −separation to separation. */
function cornersOf(
  clusters: number,
  dimensions: number,
  {
    separation,
    hypercube,
    random,
  }: { readonly separation: number; readonly hypercube: boolean; readonly random: Random },
): Tensor {
  const corners = fromTypedArray(drawCorners(clusters, dimensions, random), [clusters, dimensions])
    .mul(2 * separation)
    .sub(separation);
  if (hypercube) return corners;
  return corners
    .mul(random.uniform([clusters, 1], { dtype: 'float64' }))
    .mul(random.uniform([1, dimensions], { dtype: 'float64' }));
}

/** Draws the class of some rows again. */
function flipLabels(
  labels: Int32Array,
  { flip, classes, random }: { readonly flip: number; readonly classes: number; readonly random: Random },
): void {
  const chances = random.uniform([labels.length], { dtype: 'float64' }).data;
  const rows = Array.from(labels.keys()).filter((row) => chances[row]! < flip);
  const drawn = integers(random, [rows.length], { high: classes }).data;
  for (const [at, row] of rows.entries()) labels[row] = drawn[at]!;
}

function perColumn(value: number | readonly number[], features: number, name: string): Tensor {
  const values = typeof value === 'number' ? [value] : value;
  for (const each of values) checkFinite(each, name, 'classification');
  if (typeof value !== 'number' && values.length !== features) {
    throw new ShapeError(
      `classification: ${name} is one number, or one per column (${features}), got ${values.length}. Give as many as there are features.`,
    );
  }
  return tensor(values, { dtype: 'float64' });
}
