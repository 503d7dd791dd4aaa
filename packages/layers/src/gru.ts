import type { Tensor } from '@nn/tensor';
import { gate, logistic, type Recurrent, recurrent, type RecurrentOptions } from './recurrent.ts';

/**
 * A gated recurrent unit: gates decide how much of the state is used and replaced.
 *
 *   r, z = σ(x_t · W + b + h · U + b_h), each with its columns; the columns are in the order r, z, n
 *   n = tanh(x_t · W + b + r · (h · U + b_h))
 *   h_t = (1 − z) · n + z · h
 *
 * @param inputs  how many numbers x has at each time
 * @param hidden  how many numbers the state and the output have
 * @returns       a layer from [N, time, inputs] to [N, hidden], or to [N, time, hidden] with `returnSequences: true`
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x or a state is of another shape
 * @throws RangeError when a length is below 1 or above the time of x
 * @example gru(3, 8, { random: randomState(0) })(zeros([2, 5, 3])).shape.join(' ')   // 2 8
 * @see Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014); r after the product, as in cuDNN
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function gru<const In extends number, const Out extends number, const Sequences extends boolean = false>(
  inputs: In,
  hidden: Out,
  options: RecurrentOptions<Sequences>,
): Recurrent<[number, number, In], Sequences extends true ? [number, number, number] : [number, number]> {
  return recurrent('gru', inputs, hidden, options, {
    gates: 3,
    states: ['hidden'],
    recurrentBias: true,
    next([state], input, own): readonly Tensor[] {
      const [r, z] = [0, 1].map((at) => logistic(gate(input, at, 3).add(gate(own, at, 3)))) as [Tensor, Tensor];
      const n: Tensor = gate(input, 2, 3)
        .add(r.mul(gate(own, 2, 3)))
        .tanh();
      return [n.add(z.mul(state!.sub(n)))];
    },
  }) as never;
}
