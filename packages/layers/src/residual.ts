import { checkOptions, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkFunction, type Layer, layer, type LayerFunction, titleOf } from './layer.ts';
import type { SameShape } from './shape-rule.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `residual`. */
export interface ResidualOptions {
  /** What is added to the branch in the place of x itself: a layer that gives the shape of the branch. */
  readonly shortcut?: LayerFunction;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
}

/**
 * A residual connection: the branch learns what to add to x, so that gradients reach deep layers undamped.
 *
 *   y = x + branch(x),   or with a shortcut y = shortcut(x) + branch(x)
 *
 * The names of its variables start with `branch` and `shortcut`.
 *
 * @param branch  a layer, a model, or a function of a tensor
 * @throws TypeError when branch or shortcut is no function, or an option is unknown
 * @throws ShapeError when both sides have different shapes
 * @example String(residual((x) => x.mul(2))(tensor([1, 2])))   // [3. 6.]
 * @see He, Zhang, Ren, Sun, Deep Residual Learning for Image Recognition (2016)
 */
export function residual(
  branch: LayerFunction,
  options?: ResidualOptions & { readonly shortcut?: undefined },
): Layer<SameShape>;
export function residual(branch: LayerFunction, options: ResidualOptions): Layer;
/* @__NO_SIDE_EFFECTS__ */
export function residual(branch: LayerFunction, options: ResidualOptions = {}): Layer {
  const { shortcut, name } = checkOptions('residual', options, ['shortcut', 'name']);
  checkFunction('residual: the branch', branch);
  if (shortcut !== undefined) checkFunction('residual: the shortcut', shortcut);
  const title = `residual(${titleOf(branch)})`;
  return layer({
    title,
    name,
    ...variablesOf(title, [['branch', branch], ...(shortcut ? [['shortcut', shortcut] as const] : [])]),
    call(x, call): Tensor {
      const y = branch(x, call);
      const kept = shortcut ? shortcut(x, call) : x;
      if (!sameShape(y.shape, kept.shape)) {
        throw new ShapeError(
          `${title}: the branch gives ${showShape(y.shape)}, and ${shortcut ? 'the shortcut' : 'x is'} ${showShape(kept.shape)}. ` +
            `Give { shortcut }, a layer that makes the shape of the branch.`,
        );
      }
      return kept.add(y);
    },
  }) as unknown as Layer;
}
