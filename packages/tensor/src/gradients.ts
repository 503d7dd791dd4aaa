import { checkFloating } from './dtype.ts';
import { DTypeError, ShapeError } from './errors.ts';
import { detach, watch as watchOperation } from './operations/view.ts';
import type { LoopOperation, Operation, PadSettings, ResultSettings } from './operation.ts';
import { concat, pad } from './operations/join.ts';
import { type Shape, showShape } from './shape.ts';
import { apply, checkTensor, scalar, Tensor, Variable } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

/** The tensors to differentiate by: one, several, or several by name, also in arrays and records of them. */
export type Targets = Tensor | readonly Targets[] | { readonly [name: string]: Targets };

/** The gradient of each target, in the same structure. */
export type GradientsOf<T> = Targets extends T
  ? Targets
  : T extends Tensor<infer S>
    ? Tensor<S>
    : { readonly [K in keyof T]: GradientsOf<T[K]> };

/**
 * Marks a tensor as requiring a gradient, so that it can be a target of `gradients`. Variables always require one.
 *
 * @returns a tensor with the same elements: compute with it, and pass it to `gradients`
 * @throws DTypeError when x is not floating
 * @example const x = watch(tensor(3)); String(gradients(x.mul(x), x))   // 6.0
 */
export function watch<S extends Shape | []>(x: Tensor<S>): Tensor<S> {
  const plain = apply(watchOperation, [x as unknown as Tensor], undefined);
  checkFloating(plain.dtype, 'watch: x');
  const numbers = plain.symbolic ? undefined : plain.numbers();
  return new Tensor(x.shape, plain.dtype, numbers, { requiresGrad: true, origin: plain.origin });
}

/**
 * The gradient of the loss with respect to each target, by reverse-mode automatic differentiation.
 *
 *   gᵢ = ∂loss/∂targetᵢ
 *
 * Gradients are ordinary tensors, so they can be differentiated again.
 *
 * @param loss     scalar, shape []
 * @param targets  variables or watched tensors: one, or an array or record of them, also in arrays and records
 * @returns        for each target a tensor of its shape and dtype; zeros where the loss does not depend on it
 * @throws ShapeError when the loss is not a scalar
 * @throws DTypeError when the loss or a target does not require a gradient
 * @example const x = watch(tensor([1, 2])); String(gradients(x.mul(x).sum(), x))   // [2. 4.]
 * @see Griewank, Walther, Evaluating Derivatives (2008), §3.2
 */
export function gradients<const T extends Targets>(loss: Tensor, targets: T): GradientsOf<T> {
  const start = checkTensor(loss, 'gradients').current();
  if (start.rank > 0) {
    throw new ShapeError(
      `gradients: the loss must be a scalar, got shape ${showShape(start.shape)}. Take its mean() or sum() first.`,
    );
  }
  const list = targetsIn(targets);
  for (const target of list) checkRequiresGrad(checkTensor(target, 'gradients'), 'target');
  checkRequiresGrad(start, 'loss');
  return pullback([start], [scalar(1, start.dtype)], targets) as never;
}

/**
 * The gradient of Σᵢ outputᵢ · cotangentᵢ with respect to each target: zeros where no output depends on it.
 *
 * @param cotangents    the gradient with respect to each output, of its shape and dtype
 * @param options.partial  whether the targets are independent: no gradient flows through one target to another
 */
export function pullback(
  outputs: readonly Tensor[],
  cotangents: readonly Tensor[],
  targets: Targets,
  { partial = false }: { readonly partial?: boolean } = {},
): Targets {
  const gradientOf = backpropagate(outputs, cotangents, new Set(targetsIn(targets).map(targetKey)), partial);
  return mapTargets(
    targets,
    (target) => gradientOf.get(targetKey(target)) ?? scalar(0, target.dtype).expand(target.shape),
  );
}

/** The arguments of a function that is differentiated by them: variables as they are, other tensors watched. */
export function watchTargets<T extends Targets>(targets: T, caller: string): T {
  return mapTargets(targets, (target) => {
    const given = checkTensor(target, caller);
    return given instanceof Variable ? given : watch(given);
  }) as T;
}

/** Is it an array or a record of targets? Otherwise it is a tensor, or a wrong value, which checkTensor refuses. */
function hasTargets(targets: Targets): targets is Exclude<Targets, Tensor> {
  return !(targets instanceof Tensor) && typeof targets === 'object' && targets !== null && !('@nn/tensor' in targets);
}

/** The tensors in targets, in order. */
export function targetsIn(targets: Targets): readonly Tensor[] {
  return hasTargets(targets) ? Object.values(targets).flatMap(targetsIn) : [targets];
}

/** Targets with other tensors in place of their own, in the same structure. */
export function mapTargets(targets: Targets, map: (target: Tensor) => Tensor): Targets {
  if (!hasTargets(targets)) return map(targets);
  if (Array.isArray(targets)) return targets.map((each) => mapTargets(each as Targets, map));
  return Object.fromEntries(Object.entries(targets).map(([name, each]) => [name, mapTargets(each, map)]));
}

/** A new value of a variable, inside a trace. Gradients end at the variable, not at what the value was computed from. */
export function assigned(variable: Variable, value: Tensor): Tensor {
  const { origin } = apply(detach, [value], undefined);
  const numbers = value.symbolic ? undefined : value.numbers();
  return new Tensor(value.shape, value.dtype, numbers, { requiresGrad: true, variable, origin });
}

/** What gradients do not flow through at present. */
const ends = /* @__PURE__ */ new Set<Tensor>();

/**
 * Runs a function that says which tensors no gradient flows through as long as it runs. Gradients that are taken later do.
 *
 * @param run  calls `end` with such a tensor
 */
export function endingGradients<Result>(run: (end: (x: Tensor) => void) => Result): Result {
  const own: Tensor[] = [];
  try {
    return run((x) => {
      own.push(x);
      ends.add(x);
    });
  } finally {
    for (const x of own) ends.delete(x);
  }
}

/** The variable for all values that it has had, otherwise the tensor itself. */
const keyOf = (x: Tensor): Tensor => x.variable ?? x;

/** The key of a target. Inside functionalCall a variable stands for the tensor that was given. */
const targetKey = (x: Tensor): Tensor => keyOf(x.current());

function checkRequiresGrad(x: Tensor, role: 'loss' | 'target'): void {
  if (x.requiresGrad) return;
  throw new DTypeError(
    role === 'target'
      ? `gradients: a target must be a variable or a watched tensor, got a tensor of shape ${showShape(x.shape)}. ` +
          `Write x = watch(x) before computing with it.`
      : `gradients: the loss, shape ${showShape(x.shape)}, was not computed from a variable or a watched tensor. ` +
          `Write x = watch(x) before computing with it. No gradient flows through the result of a compiled function: ` +
          `call gradients inside it.`,
  );
}

/** The gradients of the targets that the outputs depend on. */
function backpropagate(
  outputs: readonly Tensor[],
  cotangents: readonly Tensor[],
  targets: ReadonlySet<Tensor>,
  partial: boolean,
): ReadonlyMap<Tensor, Tensor> {
  const pending = new Map<Tensor, Tensor[]>();
  outputs.forEach((output, at) => add(pending, output, cotangents[at]!));
  const found = new Map<Tensor, Tensor[]>();
  /** The gradients with respect to the results of each loop. */
  const ofResults = new Map<Tensor, Map<number, Tensor[]>>();
  const endsAt = (x: Tensor): boolean => ends.has(x) || (partial && targets.has(keyOf(x)));
  const path = pathsTo(outputs, targets, endsAt);
  for (const x of [...path].reverse()) {
    const results = ofResults.get(x);
    if (results) {
      const { operation, inputs } = x.origin!;
      const needed = (index: number): boolean => path.has(inputs[index]!);
      const all = (operation as LoopOperation).derivative(summed(results), x, needed);
      for (const [index, gradient] of all) add(pending, inputs[index]!, gradient);
      continue;
    }
    const terms = pending.get(x);
    if (!terms) continue;
    pending.delete(x);
    const g = sumOf(terms);
    if (targets.has(keyOf(x))) add(found, keyOf(x), g);
    const derivative = x.origin?.operation.derivative as Exclude<Operation, LoopOperation>['derivative'];
    if (!x.origin || !derivative || endsAt(x)) continue;
    const { operation, inputs, settings } = x.origin;
    if (operation.kind === 'result') {
      const loop = inputs[0]!;
      if (!ofResults.has(loop)) ofResults.set(loop, new Map());
      add(ofResults.get(loop)!, (settings as ResultSettings).at, g);
      continue;
    }
    inputs.forEach((input, index) => {
      if (!path.has(input)) return;
      const derivativeOf = typeof derivative === 'function' ? derivative : derivative[index];
      const gradient = derivativeOf?.(g, inputs as readonly [Tensor, Tensor, Tensor], x, settings as never, index);
      if (gradient) add(pending, input, fitTo(gradient, input));
    });
  }
  return summed(found);
}

/** A gradient in the shape and dtype of its tensor: summed along broadcast axes, and cast back where the dtype was promoted. */
function fitTo(gradient: Tensor, to: Tensor): Tensor {
  const summed = gradient.sumTo(to.shape);
  return summed.dtype === to.dtype ? summed : summed.cast(to.dtype);
}

function add<Key>(sums: Map<Key, Tensor[]>, key: Key, gradient: Tensor): void {
  const terms = sums.get(key);
  if (terms) terms.push(gradient);
  else sums.set(key, [gradient]);
}

const summed = <Key>(sums: ReadonlyMap<Key, readonly Tensor[]>): ReadonlyMap<Key, Tensor> =>
  new Map([...sums].map(([key, terms]) => [key, sumOf(terms)]));

function sumOf(terms: readonly Tensor[]): Tensor {
  return joined(terms) ?? terms.reduce((sum, term) => sum.add(term));
}

/**
 * The gradients with respect to parts of a tensor, one beside the other, where the parts are all of it. As a sum each would
 * be filled up with zeros first.
 */
function joined(terms: readonly Tensor[]): Tensor | undefined {
  const [first] = terms;
  if (terms.length < 2 || !terms.every(({ origin }) => origin?.operation === pad)) return undefined;
  const parts = terms.map(({ origin }) => ({ ...(origin!.settings as PadSettings), x: origin!.inputs[0]! }));
  const axis = first!.shape.findIndex((length, at) => length !== parts[0]!.x.shape[at]);
  let end = 0;
  for (const { x, starts, steps, value } of parts.toSorted((a, b) => a.starts[axis]! - b.starts[axis]!)) {
    const fits = starts.every((start, at) => steps[at] === 1 && start === (at === axis ? end : 0));
    const fills = x.shape.every((length, at) => at === axis || length === first!.shape[at]);
    if (axis < 0 || value !== 0 || !fits || !fills) return undefined;
    end += x.shape[axis]!;
  }
  if (end !== first!.shape[axis]) return undefined;
  const inOrder = parts.toSorted((a, b) => a.starts[axis]! - b.starts[axis]!).map(({ x }) => x);
  return apply(concat, inOrder, { axis });
}

/** All tensors on a path from a target to an output, inputs before results. */
function pathsTo(
  outputs: readonly Tensor[],
  targets: ReadonlySet<Tensor>,
  endsAt: (x: Tensor) => boolean,
): ReadonlySet<Tensor> {
  const path = new Set<Tensor>();
  for (const x of topologicalOrder(outputs, (one) => (endsAt(one) ? [] : differentiableInputs(one)))) {
    const { origin } = x;
    const isReached = origin?.operation.derivative && origin.inputs.some((input) => path.has(input));
    if (isReached || targets.has(keyOf(x))) path.add(x);
  }
  return path;
}

/** The inputs of a tensor's operation that gradients may flow to: none for the new value of a variable, for one. */
function differentiableInputs({ origin }: Tensor): readonly Tensor[] {
  return origin?.operation.derivative ? origin.inputs.filter((input) => input.requiresGrad) : [];
}
