import type { Tensor } from '@nn/tensor';
import { gate, logistic, type Recurrent, recurrent, type RecurrentOptions } from './recurrent.ts';

/**
 * Long short-term memory: gates decide what a cell forgets, takes in, and shows.
 *
 *   i, f, o = σ(x_t · W + h · U + b), each with its columns      g = tanh(…), likewise; the columns are in the order i, f, g, o
 *   c_t = f · c + i · g
 *   h_t = o · tanh(c_t)
 *
 * There is one bias; PyTorch adds two. That of f starts as 1, so that the cell keeps what it holds at first.
 *
 * @param inputs  how many numbers x has at each time
 * @param hidden  how many numbers the states and the output have
 * @returns       a layer from [N, time, inputs] to [N, hidden], or to [N, time, hidden] with `returnSequences: true`
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x or a state is of another shape
 * @throws RangeError when a length is below 1 or above the time of x
 * @example lstm(3, 8, { random: randomState(0) })(zeros([2, 5, 3])).shape.join(' ')   // 2 8
 * @see Hochreiter, Schmidhuber, Long Short-Term Memory (1997); Gers, Schmidhuber, Cummins, Learning to Forget (2000)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function lstm<const In extends number, const Out extends number, const Sequences extends boolean = false>(
  inputs: In,
  hidden: Out,
  options: RecurrentOptions<Sequences>,
): Recurrent<[number, number, In], Sequences extends true ? [number, number, number] : [number, number]> {
  return recurrent('lstm', inputs, hidden, options, {
    gates: 4,
    states: ['hidden', 'cell'],
    bias: [0, 1, 0, 0],
    next([, cell], input, own): readonly Tensor[] {
      const sum = input.add(own);
      const [i, f, g, o] = [0, 1, 2, 3].map((at) => gate(sum, at, 4)) as [Tensor, Tensor, Tensor, Tensor];
      const next: Tensor = logistic(f).mul(cell!).add(logistic(i).mul(g.tanh()));
      return [logistic(o).mul(next.tanh()), next];
    },
  }) as never;
}
