import { programOf } from '../compile/trace.ts';
import type { Program } from '../compile/program.ts';
import { isFloating } from '../dtype.ts';
import { apply, nestedTracing, type Origin, Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';

/** The tensors of the body of a loop. They have no numbers: they stand for those of any step. */
interface BodyTensors {
  /** The values that a step takes over from the step before, at its start. */
  readonly carry: readonly Tensor[];
  /** The entries of this step. */
  readonly slices: readonly Tensor[];
  /** The same values at the end of the step. */
  readonly next: readonly Tensor[];
  /** The values of which the loop gives those of all steps, along a first axis. */
  readonly stacked: readonly Tensor[];
  readonly checks: readonly Tensor[];
}

/** What a loop computes in each step. */
export class LoopBody implements BodyTensors {
  readonly carry: readonly Tensor[];
  readonly slices: readonly Tensor[];
  /** Values that are the same in all steps. */
  readonly shared: readonly Tensor[];
  readonly next: readonly Tensor[];
  readonly checks: readonly Tensor[];
  readonly #stacked: Tensor[];
  readonly #programs = new Map<string, Program>();

  constructor({ carry, slices, next, stacked, checks }: BodyTensors, shared: readonly Tensor[]) {
    this.carry = carry;
    this.slices = slices;
    this.shared = shared;
    this.next = next;
    this.checks = checks;
    this.#stacked = [...stacked];
  }

  get stacked(): readonly Tensor[] {
    return this.#stacked;
  }

  /** The inputs of the body, in the order of the inputs of its loop. */
  get inputs(): readonly Tensor[] {
    return [...this.carry, ...this.slices, ...this.shared];
  }

  /** Asks for the values of a tensor of the body in all steps, and returns its index in `stacked`. */
  stack(x: Tensor): number {
    const known = this.#stacked.indexOf(x);
    return known >= 0 ? known : this.#stacked.push(x) - 1;
  }

  /** All tensors of the body, in topological order. */
  tensors(): ReadonlySet<Tensor> {
    const ends = [...this.checks, ...this.next, ...this.#stacked];
    return topologicalOrder([...this.inputs, ...ends].reverse(), behind);
  }

  /**
   * One step as a program. Its inputs are those of the body, its outputs the values carried on, then those stacked.
   *
   * @param stacked  the indices of the stacked values that are asked for
   */
  program(stacked: readonly number[]): Program {
    const key = stacked.join();
    let known = this.#programs.get(key);
    if (!known) {
      const outputs = [...this.next, ...stacked.map((at) => this.#stacked[at]!)];
      const carried = this.carry.map((_, at) => [at, at] as const);
      this.#programs.set(key, (known = { ...programOf(this.inputs, this.checks, outputs), carried }));
    }
    return known;
  }
}

/** The inputs of the operation that a tensor without numbers comes from. */
const behind = (x: Tensor): readonly Tensor[] => (x.symbolic ? (x.origin?.inputs ?? []) : []);

/** A tensor without numbers, for a value of this shape and dtype. */
export function placeholder({ shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>): Tensor {
  return new Tensor(shape, dtype, undefined, { requiresGrad: isFloating(dtype) });
}

/**
 * The body of a loop, from tensors that a function was run with and those that it made of them.
 *
 * The body is a copy, whose inputs are nothing but inputs: what it reads from outside becomes an input of its own.
 *
 * @param isMade  whether a tensor was made by the function, and is computed in the body from its inputs; others come from
 *                outside
 * @returns the body, and the tensors from outside in the order of `shared`
 */
export function loopBody(
  tensors: BodyTensors,
  isMade: (x: Tensor) => boolean,
): readonly [body: LoopBody, captured: readonly Tensor[]] {
  const { carry, slices, next, stacked, checks } = tensors;
  // Gradients that flow to a loop outside may be the first to ask for some of its results.
  const isInner = (x: Tensor): boolean => isMade(x) && !isResultOf(x, (loop) => !isMade(loop));
  const copies = new Map<Tensor, Tensor>();
  const copied = (x: Tensor): Tensor => {
    const copy = placeholder(x);
    copies.set(x, copy);
    return copy;
  };
  const inputs = { carry: carry.map(copied), slices: slices.map(copied) };
  const captured: Tensor[] = [];
  const ends = [...checks, ...next, ...stacked];
  const inputsOf = (x: Tensor): readonly Tensor[] => (copies.has(x) || !isInner(x) ? [] : behind(x));
  nestedTracing(
    () => ({ check: () => undefined }),
    () => {
      for (const x of topologicalOrder(ends.toReversed(), inputsOf)) {
        if (copies.has(x)) continue;
        if (x.symbolic && x.origin && isInner(x)) copies.set(x, again(x.origin, copies));
        else if (x.symbolic || (x.requiresGrad && !isInner(x))) {
          captured.push(x);
          copied(x);
        } else copies.set(x, x);
      }
    },
  );
  const of = (list: readonly Tensor[]): readonly Tensor[] => list.map((x) => copies.get(x)!);
  const body = new LoopBody(
    { ...inputs, next: of(next), stacked: of(stacked), checks: of(checks) },
    captured.map((x) => copies.get(x)!),
  );
  return [body, captured];
}

/** Whether it is a result of such a loop. */
export const isResultOf = ({ origin }: Tensor, isSuch: (loop: Tensor) => boolean): boolean =>
  origin?.operation.kind === 'result' && isSuch(origin.inputs[0]!);

/** Applies an operation once more, to other inputs. */
export function again({ operation, inputs, settings }: Origin, values: ReadonlyMap<Tensor, Tensor>): Tensor {
  return apply(
    operation,
    inputs.map((input) => values.get(input) ?? input),
    settings as never,
  );
}
