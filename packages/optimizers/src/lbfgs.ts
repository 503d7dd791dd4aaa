import {
  checkNumber,
  checkOptions,
  checkTensor,
  fromTypedArray,
  full,
  type NamedVariables,
  type Tensor,
  type Variable,
  variable,
} from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { flatten, type Gradients, type NestedVariables } from './nested.ts';
import { checkGradients, checkParameter } from './optimizer.ts';

/** Options of `lbfgs`. */
export interface LbfgsOptions {
  /** How far to go along each direction. Default 1. */
  readonly learningRate?: number;
  /** The most moves in a step. Default 20. */
  readonly maxIterations?: number;
  /** The most evaluations in a step. Default ⌊maxIterations · 5 / 4⌋. */
  readonly maxEvaluations?: number;
  /** How many moves are remembered. Default 100. */
  readonly history?: number;
  /** A step ends when no gradient is larger. Default 1e-7. */
  readonly gradientTolerance?: number;
  /** A step ends when neither a parameter nor the loss changes by more. Default 1e-9. */
  readonly changeTolerance?: number;
}

/** The loss and the gradients at the parameters as they are. */
export interface Evaluation {
  readonly loss: Tensor;
  readonly gradients: Gradients;
}

/** An optimizer that evaluates the loss several times in a step. */
export interface Lbfgs {
  /**
   * Moves the parameters several times, each time along a better direction.
   *
   * @param evaluate  computes the loss and the gradients of all rows. Compile it: `compile(() => ({ loss, gradients }), wasm)`
   * @returns  the loss before the step
   * @throws DTypeError, ShapeError when the gradients do not fit the parameters
   */
  step(evaluate: () => Evaluation): number;
  /** The number of moves so far: an int32 scalar. */
  readonly iterations: Variable;
  /** The whole state, `iterations` included, by name. Save it beside the parameters to continue training later. */
  readonly state: NamedVariables;
}

/**
 * L-BFGS: moves along −H·g, where H approximates the inverse of the second derivatives from the last moves.
 *
 *   s = the last move, y = the change of the gradient by it
 *   H from the pairs (s, y) with yᵀs > 1e-10, by the two-loop recursion, starting with yᵀs / yᵀy
 *   θ ← θ − η·H·g          the first move: θ ← θ − η·min(1, 1 / Σ|g|)·g
 *
 * where η = learningRate. There is no line search. For a loss of all rows that does not change from step to step: batches
 * and dropout break it.
 *
 * Unlike the other optimizers it takes a function, since it evaluates the loss at several points, and decides by the
 * numbers when to stop. A compiled program has no such decisions, so the function is compiled, and the step is not. It
 * computes in float64.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 1
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor(3));
 * const optimizer = lbfgs({ w });
 * optimizer.step(() => { const loss = w.sub(1).pow(2); return { loss, gradients: gradients(loss, { w }) }; });
 * w.item().toFixed(4)   // 1.0000
 * @see Nocedal, Wright, Numerical Optimization (2006), algorithm 7.4
 */
/* @__NO_SIDE_EFFECTS__ */
export function lbfgs(parameters: NestedVariables, options: LbfgsOptions = {}): Lbfgs {
  const caller = 'lbfgs';
  const {
    learningRate = 1,
    maxIterations = 20,
    maxEvaluations = Math.floor((maxIterations * 5) / 4),
    history = 100,
    gradientTolerance = 1e-7,
    changeTolerance = 1e-9,
  } = checkOptions(caller, options, [
    'learningRate',
    'maxIterations',
    'maxEvaluations',
    'history',
    'gradientTolerance',
    'changeTolerance',
  ]);
  for (const [name, value] of Object.entries({ learningRate, gradientTolerance, changeTolerance })) {
    checkNonNegative(caller, name, value);
  }
  for (const [name, value] of Object.entries({ maxIterations, maxEvaluations, history })) {
    const fits = Number.isInteger(value) && value > 0;
    checkNumber(caller, name, value, fits, 'a positive integer', 'Leave it out for the default.');
  }
  const named = flatten<Variable>(parameters, caller);
  for (const [name, parameter] of Object.entries(named)) {
    checkParameter(`${caller}: the parameter '${name}'`, parameter);
  }
  const size = Object.values(named).reduce((sum, parameter) => sum + parameter.size, 0);
  if (Object.keys(named).length === 0) {
    throw new TypeError(`${caller}: there are no parameters to train. Pass model.parameters.`);
  }
  const slot = (name: string, shape: readonly number[], dtype: 'float64' | 'int32' = 'float64'): Variable =>
    variable(full(shape as number[], 0, { dtype }) as Tensor, { name });
  const state = {
    iterations: slot('iterations', [], 'int32'),
    /** How many pairs are remembered. */
    pairs: slot('pairs', [], 'int32'),
    moves: slot('moves', [history, size]),
    changes: slot('changes', [history, size]),
    /** The last move, and the gradient before it. */
    move: slot('move', [size]),
    gradient: slot('gradient', [size]),
    /** The first approximation of H: this number times the identity. */
    scale: slot('scale', []),
  };

  const evaluated = (evaluate: () => Evaluation) => {
    const { loss, gradients } = evaluate();
    const given = flatten<Tensor>(gradients, caller);
    checkGradients(caller, named, given);
    const gradient = new Float64Array(size);
    let at = 0;
    for (const name of Object.keys(named)) {
      gradient.set(given[name]!.data, at);
      at += given[name]!.size;
    }
    return { loss: checkTensor(loss, `${caller}: the loss`).item(), gradient };
  };

  const moveBy = (move: Float64Array): void => {
    let at = 0;
    for (const parameter of Object.values(named)) {
      const part = fromTypedArray(move.slice(at, at + parameter.size), parameter.shape);
      parameter.assign(parameter.cast('float64').add(part).cast(parameter.dtype));
      at += parameter.size;
    }
  };

  return {
    iterations: state.iterations,
    state,
    step(evaluate) {
      let { loss, gradient } = evaluated(evaluate);
      const first = loss;
      if (largest(gradient) <= gradientTolerance) return first;
      const memory = remembered(state, history);
      let iterations = state.iterations.item();
      let evaluations = 1;
      try {
        for (let iteration = 1; iteration <= maxIterations; iteration++) {
          if (iterations > 0) memory.learn(gradient);
          const direction = iterations > 0 ? memory.direction(gradient) : gradient.map((value) => -value);
          const rate = iterations > 0 ? 1 : Math.min(1, 1 / sumOfSizes(gradient));
          iterations++;
          const move = direction.map((value) => value * rate * learningRate);
          memory.last = { gradient, move };
          // The direction must lead down.
          if (dot(gradient, direction) > -changeTolerance) break;
          moveBy(move);
          if (iteration === maxIterations) break;
          const before = loss;
          ({ loss, gradient } = evaluated(evaluate));
          evaluations++;
          const ends =
            evaluations >= maxEvaluations ||
            largest(gradient) <= gradientTolerance ||
            largest(move) <= changeTolerance ||
            Math.abs(loss - before) < changeTolerance;
          if (ends) break;
        }
      } finally {
        // Also when an evaluation throws: the memory belongs to the parameters as they are.
        memory.save(state);
        state.iterations.assign(iterations);
      }
      return first;
    },
  };
}

/** What L-BFGS keeps from move to move. */
interface Memory {
  last: { gradient: Float64Array; move: Float64Array };
  /** Takes the last move and what it did to the gradient into the pairs. */
  learn(gradient: Float64Array): void;
  /** −H·g. */
  direction(gradient: Float64Array): Float64Array;
  save(state: NamedVariables): void;
}

/** The memory in the state of an optimizer. The pairs are rows, the oldest first. */
function remembered(state: NamedVariables, history: number): Memory {
  const size = state['move']!.size;
  const rows = ({ data }: Tensor, count: number): Float64Array[] =>
    Array.from({ length: count }, (_, row) => Float64Array.from(data.subarray(row * size, (row + 1) * size)));
  const count = state['pairs']!.item();
  const moves = rows(state['moves']!, count);
  const changes = rows(state['changes']!, count);
  let scale = state['scale']!.item();
  return {
    last: { gradient: Float64Array.from(state['gradient']!.data), move: Float64Array.from(state['move']!.data) },
    learn(gradient) {
      const { move } = this.last;
      const change = gradient.map((value, at) => value - this.last.gradient[at]!);
      const curvature = dot(change, move);
      if (!(curvature > 1e-10)) return;
      if (moves.length === history) {
        moves.shift();
        changes.shift();
      }
      moves.push(move);
      changes.push(change);
      scale = curvature / dot(change, change);
    },
    direction(gradient) {
      const result = gradient.map((value) => -value);
      const parts: number[] = [];
      for (let pair = moves.length - 1; pair >= 0; pair--) {
        parts[pair] = dot(moves[pair]!, result) / dot(changes[pair]!, moves[pair]!);
        addTo(result, -parts[pair]!, changes[pair]!);
      }
      const factor = moves.length > 0 ? scale : 1;
      for (let at = 0; at < size; at++) result[at]! *= factor;
      for (let pair = 0; pair < moves.length; pair++) {
        const part = dot(changes[pair]!, result) / dot(changes[pair]!, moves[pair]!);
        addTo(result, parts[pair]! - part, moves[pair]!);
      }
      return result;
    },
    save(into) {
      const matrix = (pairs: readonly Float64Array[]): Tensor => {
        const all = new Float64Array(history * size);
        pairs.forEach((row, at) => {
          all.set(row, at * size);
        });
        return fromTypedArray(all, [history, size]);
      };
      into['pairs']!.assign(moves.length);
      into['moves']!.assign(matrix(moves));
      into['changes']!.assign(matrix(changes));
      into['scale']!.assign(scale);
      into['move']!.assign(fromTypedArray(this.last.move, [size]));
      into['gradient']!.assign(fromTypedArray(this.last.gradient, [size]));
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** a ← a + factor · b */
function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let at = 0; at < a.length; at++) a[at]! += factor * b[at]!;
}

/** The largest absolute number; NaN when there is one. */
function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function sumOfSizes(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
