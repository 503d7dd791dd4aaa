import { checkFloating } from './dtype.ts';
import { DTypeError, ShapeError } from './errors.ts';
import { watch as watchOperation } from './operations/view.ts';
import { type Shape, showShape } from './shape.ts';
import { apply, checkTensor, scalar, Tensor } from './tensor.ts';
import { inOrder } from './topological-order.ts';

/** What a gradient may be asked for: one tensor, several, or several by name. */
export type Targets = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** One gradient for each target, in the same arrangement. */
export type GradientsOf<T extends Targets> =
  T extends Tensor<infer S> ? Tensor<S> : { readonly [K in keyof T]: GradientOf<T[K]> };

type GradientOf<T> = T extends Tensor<infer S> ? Tensor<S> : never;

/**
 * Follows a tensor from here on, so that `gradients` can be asked for it. Variables are followed always.
 *
 * @returns a tensor with the same numbers: compute with it, and ask for its gradient
 * @example const x = watch(tensor(3)); String(gradients(x.mul(x), x))   // 6.0
 */
export function watch<S extends Shape | []>(x: Tensor<S>): Tensor<S> {
  const plain = apply(watchOperation, [x as unknown as Tensor], undefined);
  checkFloating(plain.dtype, 'watch: x');
  const numbers = plain.symbolic ? undefined : plain.numbers();
  return new Tensor(x.shape, plain.dtype, numbers, { requiresGrad: true, origin: plain.origin });
}

/**
 * How the loss changes with each target: ∂loss/∂target, by walking back from the loss (reverse mode).
 *
 * The gradients are tensors like all others, so gradients can be taken of them again.
 *
 * @param loss     scalar, shape []
 * @param targets  variables or watched tensors: one, an array, or a record by name
 * @returns        for each target a tensor of its shape; zeros where the loss does not depend on it
 * @throws ShapeError when the loss is not a scalar
 * @throws DTypeError when nothing follows the loss or a target
 * @example const x = watch(tensor([1, 2])); String(gradients(x.mul(x).sum(), x))   // [2. 4.]
 * @see Griewank, Walther, Evaluating Derivatives (2008), §3.2
 */
export function gradients<const T extends Targets>(loss: Tensor, targets: T): GradientsOf<T> {
  const start = checkTensor(loss, 'gradients').current();
  if (start.rank > 0) {
    throw new ShapeError(
      `gradients: the loss must be a single number, got shape ${showShape(start.shape)}. Take its mean() or sum() first.`,
    );
  }
  // A single tensor, or whatever else is neither an array nor a record of tensors.
  const single =
    targets instanceof Tensor || typeof targets !== 'object' || targets === null || '@nn/tensor' in targets;
  const list = single ? [targets as Tensor] : Object.values(targets);
  for (const target of list) checkFollowed(checkTensor(target, 'gradients'), 'target');
  checkFollowed(start, 'loss');
  const found = walkBack(start, new Set(list.map(keyOf)));
  const each = list.map((target) => found.get(keyOf(target)) ?? scalar(0, target.dtype).expand(target.shape));
  if (single) return each[0] as GradientsOf<T>;
  const named = Object.keys(targets).map((name, at) => [name, each[at]]);
  return (Array.isArray(targets) ? each : Object.fromEntries(named)) as GradientsOf<T>;
}

/** All values that a variable has had count as the variable. */
const keyOf = (x: Tensor): Tensor => x.variable ?? x;

function checkFollowed(x: Tensor, role: string): void {
  if (x.requiresGrad) return;
  throw new DTypeError(
    `gradients: nothing follows the ${role}, shape ${showShape(x.shape)}: gradients flow back to variables and watched ` +
      `tensors only. Write x = watch(x) before computing with it.`,
  );
}

/** Gradients of the targets that the loss depends on. */
function walkBack(loss: Tensor, targets: ReadonlySet<Tensor>): ReadonlyMap<Tensor, Tensor> {
  const arrived = new Map<Tensor, Tensor>([[loss, scalar(1, loss.dtype)]]);
  const found = new Map<Tensor, Tensor>();
  const leading = leadingTo(loss, targets);
  for (const x of [...leading].reverse()) {
    const g = arrived.get(x);
    if (!g) continue;
    arrived.delete(x);
    if (targets.has(keyOf(x))) add(found, keyOf(x), g);
    if (!x.origin) continue;
    const { operation, inputs, settings } = x.origin;
    const derivative = operation.derivative!;
    inputs.forEach((input, index) => {
      if (!leading.has(input)) return;
      const partial = typeof derivative === 'function' ? derivative : derivative[index];
      const slope = partial?.(g, inputs as readonly [Tensor, Tensor, Tensor], x, settings as never, index);
      if (slope) add(arrived, input, fitted(slope, input));
    });
  }
  return found;
}

/** A gradient in the shape and dtype of what it belongs to: what was broadcast is summed, what was widened is cast back. */
function fitted(gradient: Tensor, to: Tensor): Tensor {
  const summed = gradient.sumTo(to.shape);
  return summed.dtype === to.dtype ? summed : summed.cast(to.dtype);
}

function add(sums: Map<Tensor, Tensor>, key: Tensor, gradient: Tensor): void {
  const before = sums.get(key);
  sums.set(key, before ? before.add(gradient) : gradient);
}

/** Every tensor on a way from a target to the loss, inputs before results. */
function leadingTo(loss: Tensor, targets: ReadonlySet<Tensor>): ReadonlySet<Tensor> {
  const leading = new Set<Tensor>();
  for (const x of inOrder([loss], (one) => one.origin?.inputs.filter((input) => input.requiresGrad) ?? [])) {
    if (targets.has(keyOf(x)) || x.origin?.inputs.some((input) => leading.has(input))) leading.add(x);
  }
  return leading;
}
