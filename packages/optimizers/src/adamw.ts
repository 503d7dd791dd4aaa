import { adamRule } from './adam-rule.ts';
import type { AdamOptions } from './adam.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, optimizerOptions } from './optimizer.ts';

/** Options of `adamw`. */
export interface AdamwOptions extends AdamOptions {
  /** Multiplies the parameters by 1 − rate · weightDecay in each step. Default 0.01. */
  readonly weightDecay?: number;
}

/**
 * AdamW: Adam with decoupled weight decay, which does not pass through the running means.
 *
 *   θ ← θ − η·λ·θ
 *   θ ← θ − η·m̂ / (√ĉ + ε)        m̂, ĉ as in `adam`
 *
 * where λ = weightDecay and η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.001
 * @param weightDecay   λ, default 0.01 (Keras: 0.004)
 * @param epsilon       ε, default 1e-7 (PyTorch: 1e-8)
 * @param beta1         β₁, default 0.9
 * @param beta2         β₂, default 0.999
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * adamw({ w }, { learningRate: 0.5, weightDecay: 0.5 }).step({ w: tensor([3, -3]) });
 * String(w)   // [0.25 2.  ]
 * @see Loshchilov, Hutter, Decoupled Weight Decay Regularization (2019)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adamw(parameters: NestedVariables, options: Grouped<AdamwOptions> = {}): Optimizer {
  return optimizer<AdamwOptions>(
    {
      name: 'adamw',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2', 'amsgrad'],
      defaults: { learningRate: 0.001, weightDecay: 0.01 },
      weightDecay: 'parameter',
      rule: adamRule,
    },
    parameters,
    options,
  );
}
