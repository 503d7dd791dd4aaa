import { full } from '@nn/tensor';
import { checkOption } from './option.ts';
import { type Optimizer, optimizer, type OptimizerOptions, type Parameters } from './optimizer.ts';

/** What `sgd` can be told. */
export interface SgdOptions extends OptimizerOptions {
  /** The share of the last step that is taken again; 0, the default, for none. */
  readonly momentum?: number;
  /** Looks one step of momentum ahead. */
  readonly nesterov?: boolean;
  /** The share of each gradient that does not enter the momentum; the first gradient enters whole. */
  readonly dampening?: number;
  /**
   * What the momentum remembers: `updates` (the book, Keras), each with the rate of its own time; or `gradients`
   * (PyTorch), all with the present rate. They differ only while the rate changes.
   */
  readonly momentumOf?: 'updates' | 'gradients';
}

/**
 * Stochastic gradient descent: against the gradient, downhill.
 *
 *   θ ← θ − η·g                                     without momentum
 *   v ← μ·v + η·g,  θ ← θ − v                       with momentum μ
 *   v ← μ·v + η·g,  θ ← θ − (μ·v + η·g)             with Nesterov momentum
 *
 * where η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, 1 unless told otherwise
 * @throws RangeError when an option is out of its range
 * @throws TypeError when there is no parameter, or nesterov comes without momentum or with dampening
 * @example
 * const w = variable(tensor([1, 2]));
 * sgd({ w }, { learningRate: 0.5 }).step({ w: tensor([1, -1]) });
 * String(w)   // [0.5 2.5]
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 10
 * @see Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum in deep learning (2013)
 */
/* @__NO_SIDE_EFFECTS__ */
export function sgd(
  parameters: Parameters,
  {
    learningRate = 1,
    momentum = 0,
    nesterov = false,
    dampening = 0,
    momentumOf = 'updates',
    ...options
  }: SgdOptions = {},
): Optimizer {
  checkOption('sgd', 'momentum', momentum);
  checkOption('sgd', 'dampening', dampening);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new TypeError(
      `sgd: nesterov looks ahead along the momentum, so it needs a momentum and no dampening, got momentum ${momentum} ` +
        `and dampening ${dampening}. Write { momentum: 0.9, nesterov: true }.`,
    );
  }
  if (momentumOf !== 'updates' && momentumOf !== 'gradients') {
    throw new TypeError(
      `sgd: momentumOf must be 'updates' or 'gradients', got ${String(momentumOf)}. Leave it out for 'updates'.`,
    );
  }
  const updates = momentumOf === 'updates';
  return optimizer(
    {
      name: 'sgd',
      remembers: { momentum: momentum === 0 ? undefined : 0 },
      rule: ({ rate, iteration, dtype }) => {
        // The first gradient enters whole.
        const entering = dampening === 0 ? undefined : iteration.equal(0).where(full([], 1, { dtype }), 1 - dampening);
        return (parameter, gradient, memory) => {
          const own = updates ? gradient.mul(rate) : gradient;
          const velocity = memory.momentum?.mul(momentum).add(entering ? own.mul(entering) : own) ?? own;
          const ahead = nesterov ? velocity.mul(momentum).add(own) : velocity;
          return {
            parameter: parameter.sub(updates ? ahead : ahead.mul(rate)),
            memory: { momentum: velocity },
          };
        };
      },
    },
    parameters,
    { learningRate, ...options },
  );
}
