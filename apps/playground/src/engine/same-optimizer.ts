import type { TrainingSettings } from '../state/schema.ts';

/** Whether two settings can share one optimizer and its state. Learning rate and decay may differ. */
export function sameOptimizer(one: TrainingSettings, other: TrainingSettings): boolean {
  return one.optimizer === other.optimizer && one.momentum === other.momentum && one.nesterov === other.nesterov;
}
