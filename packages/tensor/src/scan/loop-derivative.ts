import { zeros } from '../creation.ts';
import { isFloating } from '../dtype.ts';
import { pullback } from '../gradients.ts';
import type { LoopSettings } from '../operation.ts';
import { elementwise } from '../operations/elementwise.ts';
import { permute } from '../operations/view.ts';
import { nestedTracing, type Origin, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { again, isResultOf, LoopBody, placeholder } from './loop-body.ts';
import type { LoopResults } from './loop.ts';

/*
 * The gradients of a loop are a loop through the same steps in reverse order. It carries on the gradients with respect to
 * the values that the forward loop carries on, and the sums of those with respect to what is the same in all steps.
 *
 * What it reads of the forward steps is stacked there. Views are not: they are made again of what they are views of. What
 * depends on nothing but shared values is computed again, too.
 */

/** A sum over steps that is one product of matrices: Σ aₜ bₜ, from all aₜ side by side and all bₜ one below the other. */
interface StackedProduct {
  readonly a: Tensor;
  /** Whether `a` is stacked transposed, since it is a view of its transpose. */
  readonly transposed: boolean;
  readonly b: Tensor;
}

/** A loop that computes the gradients of another. */
interface BackwardLoop {
  readonly inputs: readonly Tensor[];
  readonly settings: LoopSettings;
  /** The gradients with respect to the inputs of the forward loop, by their indices. */
  gradients(results: LoopResults): ReadonlyMap<number, Tensor>;
}

/**
 * The loop that computes the gradients of a loop.
 *
 * @param loop        what the operation of the forward loop gave
 * @param forward     its results
 * @param cotangents  the gradients with respect to its results, by their indices
 * @param needed      whether the gradient with respect to an input is asked for
 */
export function backwardLoop(
  loop: Tensor,
  forward: LoopResults,
  cotangents: ReadonlyMap<number, Tensor>,
  needed: (index: number) => boolean,
): BackwardLoop {
  const { inputs, settings } = loop.origin!;
  const { body, length, reverse } = settings as LoopSettings;
  const [first, second] = [body.carry.length, body.carry.length + body.slices.length];
  const wanted = (list: readonly Tensor[], from: number): readonly number[] =>
    [...list.keys()].filter((at) => isFloating(list[at]!.dtype) && needed(from + at));
  const carried = [...body.carry.keys()].filter((at) => isFloating(body.carry[at]!.dtype));
  const [slices, shared] = [wanted(body.slices, first), wanted(body.shared, second)];
  const given = [...cotangents].filter(([at]) => at >= first);
  const stacked = given.map(([at]) => body.stacked[at - first]!);
  const gNext = carried.map((at) => placeholder(body.carry[at]!));
  const gStacked = stacked.map(placeholder);

  const made = new WeakSet<Origin>();
  const isMade = (x: Tensor): boolean => x.origin !== undefined && made.has(x.origin);
  const found = nestedTracing(
    () => ({ check: () => undefined, applied: (_, origin) => made.add(origin) }),
    () =>
      pullback([...carried.map((at) => body.next[at]!), ...stacked], [...gNext, ...gStacked], {
        carry: carried.map((at) => body.carry[at]!),
        slices: slices.map((at) => body.slices[at]!),
        shared: shared.map((at) => body.shared[at]!),
      }),
  ) as { readonly [Part in 'carry' | 'slices' | 'shared']: readonly Tensor[] };
  const sums = found.shared.map((gradient) => sumOverSteps(gradient, isMade));

  const backward = new BackwardBody(body, forward, inputs, isMade);
  const next = backward.carry.bind(backward);
  const carry = gNext.map(next);
  gStacked.forEach((x, at) => backward.slice(x, given[at]![1]));
  const totals = sums.map(({ rest }, at) =>
    rest.length > 0 ? next(placeholder(body.shared[shared[at]!]!)) : undefined,
  );
  const products = sums.flatMap((sum) => sum.products);
  const terms = sums.flatMap(({ rest }) => rest);
  const copies = backward.copy([...found.carry, ...found.slices, ...terms, ...products.flatMap(({ a, b }) => [a, b])]);
  const of = (x: Tensor): Tensor => copies.get(x)!;
  const add = (a: Tensor, b: Tensor): Tensor => a.add(b);
  const added = nestedTracing(
    () => ({}),
    () => sums.flatMap(({ rest }, at) => (totals[at] ? [rest.map(of).reduce(add, totals[at])] : [])),
  );
  const inAllSteps = [...found.slices, ...products.flatMap(({ a, b }) => [a, b])].map(of);
  const stacks = inAllSteps.filter((x) => !backward.inputOf(x));
  return {
    inputs: backward.inputs([
      ...carried.map((at) => cotangents.get(at) ?? zerosLike(body.carry[at]!)),
      ...totals.flatMap((total) => (total ? [zerosLike(total)] : [])),
    ]),
    settings: { body: backward.body([...found.carry.map(of), ...added], stacks), length, reverse: !reverse },
    gradients(results) {
      const all = (x: Tensor): Tensor => backward.inputOf(of(x)) ?? results.stacked(of(x));
      const gradients = new Map<number, Tensor>();
      carried.forEach((at, index) => gradients.set(at, results.final(index)));
      slices.forEach((at, index) => gradients.set(first + at, all(found.slices[index]!)));
      let total = carry.length;
      sums.forEach((sum, index) => {
        const parts = sum.products.map((product) => productOver(product, all));
        if (totals[index]) parts.push(results.final(total++));
        if (parts.length > 0) gradients.set(second + shared[index]!, parts.reduce(add));
      });
      return gradients;
    },
  };
}

const zerosLike = ({ shape, dtype }: Tensor): Tensor => zeros(shape, { dtype });

/** The body of a backward loop while it is made. */
class BackwardBody {
  readonly #forward: LoopBody;
  /** The tensors of the forward body. */
  readonly #known: ReadonlySet<Tensor>;
  readonly #results: LoopResults;
  readonly #given: readonly Tensor[];
  readonly #isMade: (x: Tensor) => boolean;
  /** The tensors of the backward body, for those that they are copies of. */
  readonly #copies = new Map<Tensor, Tensor>();
  readonly #carry: Tensor[] = [];
  /** Each with its entries for all steps. */
  readonly #slices = new Map<Tensor, Tensor>();
  /** Each with its value outside. */
  readonly #shared = new Map<Tensor, Tensor>();

  /** @param given  the inputs of the forward loop */
  constructor(body: LoopBody, results: LoopResults, given: readonly Tensor[], isMade: (x: Tensor) => boolean) {
    this.#forward = body;
    this.#known = body.tensors();
    this.#results = results;
    this.#given = given;
    this.#isMade = isMade;
  }

  /** A value that is carried on. */
  carry(x: Tensor): Tensor {
    const own = placeholder(x);
    this.#carry.push(own);
    this.#copies.set(x, own);
    return own;
  }

  /** A value of each step. */
  slice(x: Tensor, entries: Tensor): void {
    const own = placeholder(x);
    this.#slices.set(own, entries);
    this.#copies.set(x, own);
  }

  /** The entries of all steps of a value that is not computed in the body. */
  inputOf(own: Tensor): Tensor | undefined {
    return this.#slices.get(own);
  }

  /** Copies what these depend on. Where they read the forward body, its values are inputs. */
  copy(ends: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
    const computed = this.#recomputed();
    const inputsOf = (x: Tensor): readonly Tensor[] => {
      if (this.#copies.has(x) || !x.symbolic || this.#isResult(x)) return [];
      return this.#isMade(x) || computed.has(x) ? x.origin!.inputs : [];
    };
    nestedTracing(
      () => ({ check: () => undefined }),
      () => {
        for (const x of topologicalOrder(ends.toReversed(), inputsOf)) {
          if (this.#copies.has(x)) continue;
          if (!x.symbolic) this.#copies.set(x, x);
          else if (inputsOf(x).length > 0) this.#copies.set(x, again(x.origin!, this.#copies));
          else this.#read(x);
        }
      },
    );
    return this.#copies;
  }

  /** Tensors of the forward body that are computed again: views, and what depends on shared values only. */
  #recomputed(): ReadonlySet<Tensor> {
    const computed = new Set<Tensor>();
    const fixed = new Set<Tensor>(this.#forward.shared);
    const inputs = new Set<Tensor>(this.#forward.inputs);
    for (const x of this.#known) {
      if (inputs.has(x) || !x.symbolic) continue;
      const { operation, inputs: from } = x.origin!;
      if (from.every((input) => fixed.has(input) || !input.symbolic)) fixed.add(x);
      if (fixed.has(x) || operation.kind === 'view') computed.add(x);
    }
    return computed;
  }

  /**
   * Whether it is a result of a loop in the forward body. The gradients of that loop may be the first to ask for it.
   */
  #isResult(x: Tensor): boolean {
    return isResultOf(x, (loop) => this.#known.has(loop));
  }

  /** Makes a value of the forward body an input. */
  #read(x: Tensor): void {
    const { carry, slices, shared } = this.#forward;
    const [slice, same] = [slices.indexOf(x), shared.indexOf(x)];
    if (slice >= 0) this.slice(x, this.#given[carry.length + slice]!);
    else if (same >= 0 || !(this.#known.has(x) || this.#isResult(x))) {
      const own = placeholder(x);
      this.#shared.set(own, same >= 0 ? this.#given[carry.length + slices.length + same]! : x);
      this.#copies.set(x, own);
    } else this.slice(x, this.#results.stacked(x));
  }

  body(next: readonly Tensor[], stacked: readonly Tensor[]): LoopBody {
    const tensors = { carry: this.#carry, slices: [...this.#slices.keys()], next, stacked, checks: [] };
    return new LoopBody(tensors, [...this.#shared.keys()]);
  }

  /** The inputs of the backward loop, after the values that it starts with. */
  inputs(start: readonly Tensor[]): readonly Tensor[] {
    return [...start, ...this.#slices.values(), ...this.#shared.values()];
  }
}

/** A sum over steps, in parts. */
interface SumOverSteps {
  readonly products: readonly StackedProduct[];
  /** Terms that are added up step by step. */
  readonly rest: readonly Tensor[];
}

function sumOverSteps(gradient: Tensor, isMade: (x: Tensor) => boolean): SumOverSteps {
  const products: StackedProduct[] = [];
  const rest: Tensor[] = [];
  for (const term of termsOf(gradient, isMade)) {
    const product = productOf(term, isMade);
    if (product) products.push(product);
    // What has numbers is 0: nothing depends on the shared value.
    else if (term.symbolic) rest.push(term);
  }
  return { products, rest };
}

/** The sum over all steps of a product of two matrices, as one product. */
function productOver({ a, transposed, b }: StackedProduct, all: (x: Tensor) => Tensor): Tensor {
  const below = (x: Tensor): Tensor => x.reshape([x.shape[0]! * x.shape[1]!, x.shape[2]!]);
  const left = all(a);
  const [steps, m, k] = left.shape as readonly [number, number, number];
  const beside = (): Tensor => left.permute([1, 0, 2]).reshape([m, steps * k]);
  return (transposed ? (below(left).mT as Tensor) : beside()).matmul(below(all(b)));
}

/** The terms of a sum that was made while gradients were taken. */
function termsOf(x: Tensor, isMade: (x: Tensor) => boolean): readonly Tensor[] {
  const terms: Tensor[] = [];
  const pending = [x];
  while (pending.length > 0) {
    const one = pending.pop()!;
    if (isMade(one) && one.origin!.operation === elementwise.add) pending.push(...one.origin!.inputs.toReversed());
    else terms.push(one);
  }
  return terms;
}

/** A product of two matrices that was made while gradients were taken. */
function productOf(x: Tensor, isMade: (x: Tensor) => boolean): StackedProduct | undefined {
  if (!isMade(x) || x.origin!.operation.kind !== 'matmul' || x.rank !== 2) return undefined;
  const [a, b] = x.origin!.inputs as [Tensor, Tensor];
  if (a.rank !== 2 || b.rank !== 2) return undefined;
  const transposed = isMade(a) && a.origin!.operation === permute;
  return { a: transposed ? a.origin!.inputs[0]! : a, transposed, b };
}
