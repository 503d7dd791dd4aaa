import { checkOptions } from '@nn/tensor';
import { adamRule } from './adam-rule.ts';
import type { AdamOptions } from './adam.ts';
import { checkNonNegative } from './check-non-negative.ts';
import { type Schedule, scheduled } from './learning-rate.ts';
import type { NestedVariables } from './nested.ts';
import { checkNewtonSchulz, newtonSchulz } from './newton-schulz.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `muon`. */
export interface MuonOptions extends OptimizerOptions {
  /** The part of the momentum that is kept. Default 0.95. */
  readonly momentum?: number;
  /** Applies the momentum of the next step in advance. Default true. */
  readonly nesterov?: boolean;
  /** How often the polynomial of `newtonSchulz` is applied. Default 5. */
  readonly steps?: number;
  /** Added to the norm that a matrix is divided by. Default 1e-7. */
  readonly epsilon?: number;
  /** Multiplies matrices by 1 − rate · weightDecay in each step. Default 0. */
  readonly weightDecay?: number;
  /** Options of Adam for parameters that are no matrices. */
  readonly adam?: Omit<AdamOptions, 'decay' | 'weightDecay'>;
}

/**
 * Muon: moves weight matrices by steps that are orthogonal matrices, roughly. Other parameters follow Adam.
 *
 *   B ← μ·B + G
 *   U = G + μ·B with Nesterov momentum, else B
 *   θ ← θ − η·λ·θ
 *   θ ← θ − η·√max(1, rows / columns)·newtonSchulz(U)
 *
 * where μ = momentum, λ = weightDecay (decoupled) and η = learningRate / (1 + decay · iteration). A parameter of more than
 * two axes, as of a convolution, counts as a matrix with one row for each index of its first axis. Give embeddings and the
 * last layer to another optimizer: their rows do not act as a matrix.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η of matrices, default 0.02
 * @param momentum      μ, default 0.95
 * @param weightDecay   λ, default 0
 * @param adam          options of `adam` for scalars and vectors; its learningRate is 0.001 unless given
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([[1, 0], [0, 1]]));
 * muon({ w }, { learningRate: 1 }).step({ w: tensor([[0, 3], [0, 0]]) });
 * String(w.round())   // [[ 1. -1.]\n [ 0.  1.]]
 * @see Jordan et al., Muon: An optimizer for hidden layers in neural networks (2024)
 */
/* @__NO_SIDE_EFFECTS__ */
export function muon(parameters: NestedVariables, options: Grouped<MuonOptions> = {}): Optimizer {
  return optimizer<MuonOptions>(
    {
      name: 'muon',
      options: [...optimizerOptions, 'momentum', 'nesterov', 'steps', 'epsilon', 'adam'],
      defaults: { learningRate: 0.02 },
      weightDecay: 'rule',
      rule(own, caller) {
        const [matrices, others] = [matrixRule(own, caller), otherRule(own.adam ?? {}, caller)];
        return ({ rank }) => (rank < 2 ? others : matrices);
      },
    },
    parameters,
    options,
  );
}

function matrixRule(
  { momentum = 0.95, nesterov = true, steps = 5, epsilon = 1e-7, weightDecay = 0 }: MuonOptions,
  caller: string,
) {
  checkNonNegative(caller, 'momentum', momentum);
  checkNewtonSchulz(caller, steps, epsilon);
  return rule({
    slots: { momentum: 0 },
    update:
      ({ rate }) =>
      (parameter, gradient, state) => {
        const velocity = state.momentum.mul(momentum).add(gradient);
        const ahead = nesterov ? velocity.mul(momentum).add(gradient) : velocity;
        const rows = parameter.shape[0]!;
        // A matrix without elements has no columns to divide by.
        const columns = parameter.size / Math.max(rows, 1);
        const direction = newtonSchulz(ahead.reshape([rows, columns]), { steps, epsilon }).reshape(parameter.shape);
        const decayed = weightDecay === 0 ? parameter : parameter.mul(rate.mul(-weightDecay).add(1));
        const scale = Math.sqrt(Math.max(1, rows / Math.max(columns, 1)));
        return { parameter: decayed.sub(direction.mul(rate.mul(scale))), state: { momentum: velocity } };
      },
  });
}

/** Adam with a learning rate of its own. */
function otherRule(options: NonNullable<MuonOptions['adam']>, name: string) {
  const caller = `${name}: adam`;
  const known = ['learningRate', 'epsilon', 'beta1', 'beta2', 'amsgrad'];
  const { learningRate = 0.001, ...own } = checkOptions(caller, options, known);
  const rateAt: Schedule = scheduled(caller, 'learningRate', learningRate);
  const { slots, update } = adamRule(own, caller);
  return rule({
    slots,
    update: (context) => update({ ...context, rate: rateAt(context.iteration).cast(context.dtype) }),
  });
}
