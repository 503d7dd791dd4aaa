import type { Collected } from '../compile/many-steps.ts';
import { checkNumber, describe, DTypeError, ShapeError } from '../errors.ts';
import { assigned, endingGradients } from '../gradients.ts';
import { checkOptions } from '../options.ts';
import { sameShape, showShape } from '../shape.ts';
import { stack } from '../combination.ts';
import { isFloating } from '../dtype.ts';
import { withDerivative } from '../operations/identity.ts';
import { watch } from '../operations/view.ts';
import { mapTensors, type OpenTensors } from '../structure.ts';
import {
  apply,
  checkTensor,
  isCompiling,
  nestedTracing,
  type Origin,
  Tensor,
  type Trace,
  type Variable,
} from '../tensor.ts';
import type { Row } from '../types/axes.ts';
import { loopBody, placeholder } from './loop-body.ts';
import { runLoop } from './loop.ts';

/** Tensors, alone or in arrays and records, or none. */
export type Tensors = Tensor | undefined | void | readonly Tensors[] | { readonly [name: string]: Tensors };

/** The entries of one step: each tensor without its first axis. */
export type EntriesOf<Xs> = Tensors extends Xs
  ? Tensors
  : Xs extends Tensor<infer S>
    ? Tensor<number[] extends S ? readonly number[] : Row<S>>
    : Xs extends object
      ? { readonly [Part in keyof Xs]: EntriesOf<Xs[Part]> }
      : Xs;

/** The results of all steps: each tensor with one entry per step along a first axis. */
export type StepsOf<Y> = Tensors extends Y ? Tensors : Collected<Y>;

/** The options of `scan`. */
export interface ScanOptions {
  /** How many steps there are; the length of the first axis of `xs` unless given. Needed where `xs` has no tensors. */
  readonly length?: number;
  /** Whether the first step takes the last entries; false unless given. */
  readonly reverse?: boolean;
}

/**
 * A loop: each step takes over what the step before carried on, and one entry of `xs`.
 *
 *   carry, y[t] = step(carry, x[t])      t = 0, 1, …, or with `reverse` from the last entry to the first
 *
 * In a compiled function `step` runs once, as the body of a loop in the program: the size of the program and the time to
 * compile it do not depend on the number of steps. Gradients flow through all steps. `step` may read tensors from outside and
 * variables, assign variables, draw from `stepRandom`, and contain other loops. Eagerly it runs step by step. Gradients that
 * `step` takes itself do not flow into the steps before: they end at what the step takes over, and at its entries.
 *
 * @param step     gives what is carried on, with the structure, shapes and dtypes of `initial`, and a result of this step
 * @param initial  what the first step takes over: a tensor, or an array or record of them
 * @param xs       tensors with one entry per step along their first axis, alone or in arrays and records; or undefined
 * @returns  what the last step carried on, and the results of all steps along a first axis
 * @throws ShapeError when the first axes of `xs` differ, or a step gives another structure or shape than the step before
 * @throws DTypeError when a step gives another dtype than the step before, or anything but tensors is given or returned
 * @throws RangeError, TypeError when the length is not a non-negative integer, or missing
 * @example
 * const [total, sums] = scan((sum: Tensor, x: Tensor) => [sum.add(x), sum.add(x)], tensor(0), tensor([1, 2, 3]));
 * String(sums)   // [1. 3. 6.]
 * @see Bradbury et al., JAX: composable transformations of Python and NumPy programs (2018), lax.scan
 */
export function scan<Carry extends Tensors, Xs extends Tensors, Y extends Tensors>(
  step: (carry: Carry, x: EntriesOf<Xs>) => readonly [carry: OpenTensors<NoInfer<Carry>>, y: Y],
  initial: Carry,
  xs: Xs,
  options?: ScanOptions,
): readonly [carry: Carry, ys: StepsOf<Y>];
export function scan(
  step: (carry: never, x: never) => readonly [unknown, unknown],
  initial: Tensors,
  xs: Tensors,
  options: ScanOptions = {},
): unknown {
  const { length: wanted, reverse = false } = checkOptions('scan', options, ['length', 'reverse']);
  if (typeof step !== 'function') {
    throw new DTypeError(
      `scan: expected a function of the carry and an entry, got ${describe(step)}. Write (carry, x) => [carry.add(x), x].`,
    );
  }
  const start = partsOf(initial, 'initial').map(([, x]) => x);
  const sequences = partsOf(xs, 'xs');
  const length = lengthOf(sequences, wanted);
  const isKnown = [...start, ...sequences.map(([, x]) => x)].every((x) => !x.symbolic);
  const run = isCompiling() || !isKnown || length === 0 ? traced : eager;
  const checked = (carry: unknown, x: unknown): StepResult => checkedStep((step as Step)(carry, x), initial, start);
  return run(checked, { initial, start, xs, sequences: sequences.map(([, x]) => x), length, reverse });
}

type Step = (carry: unknown, x: unknown) => readonly [unknown, unknown];

/** A tensor in a structure, and where it is. */
type Part = readonly [path: string, x: Tensor];

/** What one step gives: the structures, with the present values of variables. */
interface StepResult {
  readonly carry: unknown;
  readonly next: readonly Tensor[];
  readonly y: unknown;
  /** The tensors of `y`. */
  readonly ys: readonly Part[];
}

/** A loop to run. */
interface Loop {
  readonly initial: unknown;
  /** The tensors of `initial`. */
  readonly start: readonly Tensor[];
  readonly xs: unknown;
  /** The tensors of `xs`. */
  readonly sequences: readonly Tensor[];
  readonly length: number;
  readonly reverse: boolean;
}

function eager(step: (carry: unknown, x: unknown) => StepResult, { initial, xs, length, reverse }: Loop): unknown {
  let carry: unknown = mapTensors(initial, (x) => x.current());
  let first: StepResult | undefined;
  const all: (readonly Tensor[])[] = new Array(length);
  for (let done = 0; done < length; done++) {
    const t = reverse ? length - 1 - done : done;
    const result = endingGradients((end) => {
      const taken = (x: Tensor): Tensor => {
        if (x.requiresGrad) end(x);
        return x;
      };
      return step(
        // The same tensor may be read from outside, too, where gradients do not end.
        mapTensors(carry, (x) => taken(x.requiresGrad ? x.apply(watch, [x], undefined) : x)),
        mapTensors(xs, (x) => taken(x.slice(t) as Tensor)),
      );
    });
    carry = result.carry;
    first ??= result;
    const ys = inOrderOf(first.ys, result.ys, 'give results as the first step did');
    first.ys.forEach((part, at) => checkAlike(part, ys[at]!, 'the result of the first step'));
    all[t] = ys;
  }
  return [carry, filled(first!.y, (at) => stack(all.map((ys) => ys[at]!)) as Tensor)];
}

/** A variable while the body is traced: its value before a step, and now. */
interface Cell {
  readonly given: Tensor;
  present: Tensor;
}

/** Runs `step` once, with tensors that stand for those of any step, and makes a loop of it. */
function traced(step: (carry: unknown, x: unknown) => StepResult, loop: Loop): unknown {
  const { initial, start, xs, sequences, length, reverse } = loop;
  const cells = new Map<Variable, Cell>();
  const cellOf = (variable: Variable): Cell => {
    let cell = cells.get(variable);
    if (!cell) {
      const given = new Tensor(variable.shape, variable.dtype, undefined, { requiresGrad: true, variable });
      cells.set(variable, (cell = { given, present: given }));
    }
    return cell;
  };
  const made = new WeakSet<Origin>();
  const checks: Tensor[] = [];
  const carry = start.map(placeholder);
  const slices = sequences.map(({ shape, dtype }) => placeholder({ shape: shape.slice(1), dtype }));
  let outside!: Trace;
  const { next, y, ys } = endingGradients((end) =>
    nestedTracing(
      (enclosing) => {
        outside = enclosing;
        return {
          read: (variable) => cellOf(variable).present,
          assign(variable, value) {
            const cell = cellOf(variable);
            cell.present = assignedInStep(variable, value, cell.given);
            end(cell.present);
          },
          check: (result) => checks.push(result),
          applied(result, origin) {
            made.add(origin);
            enclosing.applied?.(result, origin);
          },
        };
      },
      () =>
        step(
          filled(initial, (at) => carry[at]!),
          filled(xs, (at) => slices[at]!),
        ),
    ),
  );
  const written = [...cells].filter(([, { given, present }]) => present !== given);
  const values = new Map([...cells].map(([variable, { given }]) => [given, outside.read(variable)]));
  const [body, captured] = loopBody(
    {
      carry: [...carry, ...written.map(([, { given }]) => given)],
      slices,
      next: [...next, ...written.map(([, { present }]) => present)],
      stacked: ys.map(([, x]) => x),
      checks,
    },
    (x) => x.origin !== undefined && made.has(x.origin),
  );
  const inputs = [
    ...start,
    ...written.map(([, { given }]) => values.get(given)!),
    ...sequences,
    ...captured.map((x) => values.get(x) ?? x),
  ];
  const stacked = body.stacked.slice();
  const results = runLoop(inputs, { body, length, reverse });
  if (checks.length > 0 && results.loop) outside.check(results.loop);
  written.forEach(([variable], at) => outside.assign(variable, results.final(carry.length + at)));
  return [filled(initial, (at) => results.final(at)), filled(y, (at) => results.stacked(stacked[at]!))];
}

/**
 * A new value of a variable in a step. Gradients that are taken outside of the loop sum up those with respect to all values
 * of the variable, so they flow on to its value before the step.
 */
function assignedInStep(variable: Variable, value: Tensor, given: Tensor): Tensor {
  const present = assigned(variable, value);
  if (!isFloating(variable.dtype)) return present;
  const { origin } = apply(withDerivative, [present, given], { derivative: (g) => [g] });
  return new Tensor(variable.shape, variable.dtype, undefined, { requiresGrad: true, variable, origin });
}

/** A structure with other tensors in place of its own, by their order. */
function filled(part: unknown, tensorAt: (at: number) => Tensor): unknown {
  let at = 0;
  return mapTensors(part, () => tensorAt(at++));
}

/** The tensors of a structure, with their paths in it; variables with their present values. */
function partsOf(part: unknown, path: string): readonly Part[] {
  if (part === undefined) return [];
  if (part instanceof Tensor) return [[path, part.current()]];
  if (Array.isArray(part)) return part.flatMap((one, at) => partsOf(one, `${path}[${at}]`));
  const prototype: unknown = typeof part === 'object' && part !== null ? Object.getPrototypeOf(part) : undefined;
  if (prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null)) {
    return Object.entries(part as object).flatMap(([name, one]) => partsOf(one, `${path}.${name}`));
  }
  // Tensors of another copy of the package are refused with both versions.
  return [[path, checkTensor(part as Tensor, `scan: ${path}`)]];
}

/** How many steps there are. */
function lengthOf(sequences: readonly Part[], wanted: number | undefined): number {
  if (wanted !== undefined) {
    checkNumber('scan', 'length', wanted, Number.isInteger(wanted) && wanted >= 0, 'a non-negative integer');
  }
  const [first] = sequences;
  const length = wanted ?? first?.[1].shape[0];
  for (const [path, { shape }] of sequences) {
    if (shape.length > 0 && shape[0] === length) continue;
    throw new ShapeError(
      `scan: the first axis of ${path}, one entry per step, must have length ${length ?? 'at least 0'}, ` +
        `got shape ${showShape(shape)}. Give every tensor of xs one entry for each step.`,
    );
  }
  if (length !== undefined) return length;
  throw new TypeError('scan: there are no xs, so the number of steps is not known. Write { length: 10 }.');
}

/** @throws ShapeError, DTypeError when a step carries on something else than it took over */
function checkedStep(returned: unknown, initial: unknown, start: readonly Tensor[]): StepResult {
  if (!Array.isArray(returned) || returned.length !== 2) {
    throw new DTypeError(
      `scan: a step returns what is carried on and a result, got ${describe(returned)}. ` +
        `Write [carry, y], with undefined for y where there is none.`,
    );
  }
  const [carry, y] = returned as [unknown, unknown];
  const before = partsOf(initial, 'carry');
  const next = inOrderOf(before, partsOf(carry, 'carry'), 'carry on what it took over');
  next.forEach((x, at) => checkAlike([before[at]![0], start[at]!], x, 'initial'));
  return {
    carry: mapTensors(carry, (x) => x.current()),
    next,
    y: mapTensors(y, (x) => x.current()),
    ys: partsOf(y, 'y'),
  };
}

/**
 * The tensors of a structure in the order of another, which may name the same parts in another order.
 *
 * @throws ShapeError when it has other parts
 */
function inOrderOf(wanted: readonly Part[], parts: readonly Part[], duty: string): readonly Tensor[] {
  const found = new Map(parts);
  if (parts.length === wanted.length && wanted.every(([path]) => found.has(path))) {
    return wanted.map(([path]) => found.get(path)!);
  }
  const paths = (list: readonly Part[]): string => list.map(([path]) => path).join(', ') || 'no tensors';
  throw new ShapeError(
    `scan: a step must ${duty}, ${paths(wanted)}, got ${paths(parts)}. Return the same structure in every step.`,
  );
}

/** @throws ShapeError, DTypeError when what a step gives has another shape or dtype than before */
function checkAlike([path, old]: Part, { shape, dtype }: Tensor, source: string): void {
  if (!sameShape(shape, old.shape)) {
    throw new ShapeError(
      `scan: ${path} must keep its shape ${showShape(old.shape)}, but a step gives ${showShape(shape)}. ` +
        `Give ${source} the shape that steps give.`,
    );
  }
  if (dtype !== old.dtype) {
    throw new DTypeError(
      `scan: ${path} must stay ${old.dtype}, but a step gives ${dtype}. Cast it, or give ${source} that dtype.`,
    );
  }
}
