import { checkFunction, DTypeError } from '../errors.ts';
import { assigned } from '../gradients.ts';
import { mapTensors } from '../structure.ts';
import { showShape } from '../shape.ts';
import { indexAt } from '../strided.ts';
import { isTracing, nestedTracing, type Origin, type Tensor, type Variable } from '../tensor.ts';

/** The first NaN or infinity in a computation. `String(found)` is a sentence. */
export interface NonFinite {
  /** The name of the operation that made it; or `argument 0`, `variable w` or `constant` where no operation did. */
  readonly source: string;
  /** How many operations ran before. */
  readonly operationsBefore: number;
  readonly value: number;
  /** The shape of the result, and the index of the first such element. */
  readonly shape: readonly number[];
  readonly index: readonly number[];
  /** The inputs of the operation: their shapes, and their elements at that index where the operation is elementwise. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly element?: number }[];
  toString(): string;
}

/**
 * The operation that made the first NaN or infinity while a function runs, or `undefined` when every result is finite.
 *
 * An operation makes a NaN when none of its inputs has one, and an infinity when all its inputs are finite: a mask of −∞
 * that is a constant or an argument is no fault. Gradients that f takes are looked at, too. Pass a compiled function, or the plain one: it runs
 * step by step on the arguments and the present values of variables, and leaves variables as they are.
 *
 * @param f     a function, such as a training step
 * @param args  its arguments
 * @throws DTypeError when a compiled function is being traced; call it outside
 * @example
 * const loss = (x) => x.sub(1).log().mul(0).sum();
 * String(findNonFinite(loss, tensor([3, 1])))
 * // log made -Infinity at [1], shape [2], after 1 operation, from 0
 */
export function findNonFinite<Args extends readonly unknown[]>(
  f: (...args: Args) => unknown,
  ...args: NoInfer<Args>
): NonFinite | undefined {
  checkFunction('findNonFinite', f, 'findNonFinite(step, x, y)');
  if (isTracing()) {
    throw new DTypeError('findNonFinite: numbers are not known while a function is traced. Call it outside.');
  }
  const search = new Search();
  args.forEach((arg, at) => {
    mapTensors(arg, (x) => {
      search.given(x.current(), `argument ${at}`, notANumber);
      return x;
    });
  });
  const present = new Map<Variable, Tensor>();
  try {
    nestedTracing(
      (outside) => ({
        read(variable) {
          const value = present.get(variable) ?? outside.read(variable);
          search.given(value, `variable ${variable.name}`, infinite);
          return value;
        },
        assign: (variable, value) => present.set(variable, assigned(variable, value)),
        applied(result, origin) {
          search.applied(result, origin);
        },
      }),
      () => f(...args),
    );
  } catch (error) {
    // A function may refuse what is not finite.
    if (!search.found) throw error;
  }
  return search.found;
}

/** What is not finite in a tensor: nothing, infinities, or also NaN. */
const finite = 0;
const infinite = 1;
const notANumber = 2;

/** Looks at the results of operations in the order in which they are computed. */
class Search {
  found: NonFinite | undefined;
  #operations = 0;
  readonly #known = new WeakMap<Tensor, number>();

  /** @param fault  the least that is a fault in a value that no operation made */
  given(x: Tensor, source: string, fault: number): void {
    if (!this.#known.has(x) && this.#stateOf(x) >= fault) this.#report(source, x, []);
  }

  applied(result: Tensor, { operation, inputs }: Origin): void {
    if (!this.found && !result.symbolic) {
      const state = this.#stateOf(result);
      if (state > Math.max(finite, ...inputs.map((input) => this.#stateOf(input)))) {
        this.#report(operation.name, result, inputs, operation.kind === 'elementwise');
      } else if (state === notANumber) {
        // What operations made has been looked at, so that the NaN is in a constant.
        this.#report(
          'constant',
          inputs.find((input) => this.#stateOf(input) === notANumber)!,
          [],
        );
      }
    }
    this.#operations++;
  }

  #stateOf(x: Tensor): number {
    let state = this.#known.get(x);
    if (state === undefined) {
      state = finite;
      for (const value of x.elements()) {
        if (Number.isNaN(value)) state = notANumber;
        else if (state === finite && Math.abs(value) === Infinity) state = infinite;
      }
      this.#known.set(x, state);
    }
    return state;
  }

  #report(source: string, x: Tensor, inputs: readonly Tensor[], elementwise = false): void {
    if (this.found) return;
    const { shape } = x;
    const elements = x.elements();
    const isFault = this.#stateOf(x) === notANumber ? Number.isNaN : (one: number) => Math.abs(one) === Infinity;
    const at = elements.findIndex((one) => isFault(one));
    const index = indexAt(at, shape);
    const found = {
      source,
      operationsBefore: this.#operations,
      value: elements[at]!,
      shape,
      index,
      inputs: inputs.map((input) => ({
        shape: input.shape,
        ...(elementwise && { element: elementAt(input, index) }),
      })),
    };
    this.found = { ...found, toString: () => show(found) };
  }
}

/** The element of a tensor that an elementwise operation reads for the result at an index. */
function elementAt(x: Tensor, index: readonly number[]): number {
  const { array, strides, offset } = x.numbers();
  const own = index.slice(index.length - x.rank);
  return array[own.reduce((sum, at, axis) => sum + (x.shape[axis] === 1 ? 0 : at * strides[axis]!), offset)]!;
}

function show({ source, operationsBefore, value, shape, index, inputs }: Omit<NonFinite, 'toString'>): string {
  const where = shape.length > 0 ? ` at [${index.join(', ')}], shape ${showShape(shape)},` : '';
  const after = `after ${operationsBefore} operation${operationsBefore === 1 ? '' : 's'}`;
  if (inputs.length === 0) return `${source} has ${value}${where} ${after}`;
  const from = inputs.map((one) => (one.element === undefined ? showShape(one.shape) : String(one.element)));
  return `${source} made ${value}${where} ${after}, from ${from.join(' and ')}`;
}
