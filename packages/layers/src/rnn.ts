import type { LayerFunction } from './layer.ts';
import { type Cell, type Recurrent, recurrent, type RecurrentOptions } from './recurrent.ts';

/** The options of `rnn`. */
export interface RnnOptions<Sequences extends boolean = boolean> extends RecurrentOptions<Sequences> {
  /** The function of the sum; tanh unless given. */
  readonly activation?: LayerFunction;
}

/**
 * A simple recurrent layer: the state is a function of x and of the state before.
 *
 *   h_t = tanh(x_t · W + h · U + b)
 *
 * There is one bias; PyTorch adds two.
 *
 * @param inputs  how many numbers x has at each time
 * @param hidden  how many numbers the state and the output have
 * @returns       a layer from [N, time, inputs] to [N, hidden], or to [N, time, hidden] with `returnSequences: true`
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x or a state is of another shape
 * @throws RangeError when a length is below 1 or above the time of x
 * @example rnn(3, 8, { random: randomState(0) })(zeros([2, 5, 3])).shape.join(' ')   // 2 8
 * @see Elman, Finding Structure in Time (1990)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function rnn<const In extends number, const Out extends number, const Sequences extends boolean = false>(
  inputs: In,
  hidden: Out,
  options: RnnOptions<Sequences>,
): Recurrent<[number, number, In], Sequences extends true ? [number, number, number] : [number, number]> {
  const { activation = (x) => x.tanh() } = (options ?? {}) as Partial<RnnOptions>;
  if (typeof activation !== 'function') {
    throw new TypeError(`rnn: the activation must be a function, got ${typeof activation}. Pass relu, not relu(x).`);
  }
  const cell: Cell = {
    gates: 1,
    states: ['hidden'],
    next: (_, input, own) => [activation(input.add(own))],
  };
  return recurrent('rnn', inputs, hidden, options, cell, ['activation']) as never;
}
