import { adagrad, adam, type Optimizer, rmsprop, type Schedule, sgd } from '@nn/optimizers';
import { full, type Variable, variable } from '@nn/tensor';
import type { TrainingSettings } from '../state/schema.ts';

/** An optimizer whose learning rate and decay are variables, so that they can change without recompiling the step. */
export interface AdjustableOptimizer {
  readonly optimizer: Optimizer;
  adjust(training: TrainingSettings): void;
}

/** Builds the optimizer of the settings. */
export function buildOptimizer(
  parameters: Readonly<Record<string, Variable>>,
  training: TrainingSettings,
): AdjustableOptimizer {
  const number = (value: number): Variable => variable(full([], value, { dtype: 'float64' })) as unknown as Variable;
  const [rate, decay] = [number(training.learningRate), number(training.decay)];
  const learningRate: Schedule = (iteration) => rate.div(iteration.mul(decay).add(1));
  return {
    optimizer: make(parameters, training, learningRate),
    adjust(next) {
      rate.assign(full([], next.learningRate, { dtype: 'float64' }));
      decay.assign(full([], next.decay, { dtype: 'float64' }));
    },
  };
}

function make(
  parameters: Readonly<Record<string, Variable>>,
  { optimizer, momentum, nesterov }: TrainingSettings,
  learningRate: Schedule,
): Optimizer {
  switch (optimizer) {
    case 'sgd':
      return sgd(parameters, { learningRate, momentum, nesterov: nesterov && momentum > 0 });
    case 'rmsprop':
      return rmsprop(parameters, { learningRate, momentum });
    case 'adagrad':
      return adagrad(parameters, { learningRate });
    case 'adam':
      return adam(parameters, { learningRate });
  }
}
