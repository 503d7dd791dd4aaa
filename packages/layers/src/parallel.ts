import { checkOptions, concat, normalizeAxis, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkFunction, type Layer, layer, type LayerFacts, type LayerFunction, titleOf } from './layer.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `parallel`. */
export interface ParallelOptions {
  /** How the results become one: `concat` them along an axis, or `add` them; `concat` unless given. */
  readonly combine?: 'concat' | 'add';
  /** The axis of `concat`; 1 unless given, the features of rows and the channels of images. */
  readonly axis?: number;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
}

/**
 * Layers side by side: all get x, and their results become one.
 *
 *   y = concat(layer₁(x), layer₂(x), …),   or y = layer₁(x) + layer₂(x) + …
 *
 * Names of variables start with the layer's name, or else its place, as in `sequential`.
 *
 * @param layers  layers, models, and functions of a tensor; at least one
 * @throws TypeError when something is no function, or an option does not fit
 * @throws ShapeError when the results do not fit each other
 * @example
 * const random = randomState(0);
 * const both = parallel([conv2d(1, 2, 1, { random }), conv2d(1, 4, 3, { random, padding: 1 })]);
 * both(zeros([1, 1, 5, 5])).shape.join(' ')   // 1 6 5 5
 * @see Szegedy et al., Going Deeper with Convolutions (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function parallel(layers: readonly LayerFunction[], options: ParallelOptions = {}): Layer {
  const { combine = 'concat', axis = 1, name } = checkOptions('parallel', options, ['combine', 'axis', 'name']);
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new TypeError('parallel takes an array of layers, with at least one. Write parallel([a, b]).');
  }
  layers.forEach((one: LayerFunction, place) => checkFunction(`parallel: layer ${place}`, one));
  if (combine !== 'concat' && combine !== 'add') {
    throw new TypeError(
      `parallel: combine must be 'concat' or 'add', got ${String(combine)}. Leave it out for 'concat'.`,
    );
  }
  const title = `parallel(${layers.map(titleOf).join(', ')})`;
  return layer({
    title,
    name,
    ...variablesOf(
      title,
      layers.map((one, place) => [(one as Partial<LayerFacts>).label ?? String(place), one]),
    ),
    call(x, call): Tensor {
      const results = layers.map((one) => one(x, call));
      const [first] = results as [Tensor];
      const along = combine === 'concat' ? normalizeAxis(axis, first.rank, title) : undefined;
      const others = ({ shape }: Tensor): readonly number[] => shape.filter((_, at) => at !== along);
      const fits = results.every((one) => one.rank === first.rank && sameShape(others(one), others(first)));
      if (!fits) {
        const shapes = results.map(({ shape }) => showShape(shape)).join(', ');
        throw new ShapeError(
          `${title}: results ${shapes} must have the same shape${along === undefined ? '' : ` but for axis ${along}`}. ` +
            `Change the layers, or combine them along another axis.`,
        );
      }
      return along === undefined ? results.reduce((sum, one) => sum.add(one)) : concat(results, along);
    },
  }) as unknown as Layer;
}
