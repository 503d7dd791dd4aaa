export { adagrad, type AdagradOptions } from './adagrad.ts';
export { adam, type AdamOptions } from './adam.ts';
export type { LearningRateOptions, Schedule } from './learning-rate.ts';
export type { Gradients, Optimizer, OptimizerOptions } from './optimizer.ts';
export { rmsprop, type RmspropOptions } from './rmsprop.ts';
export { sgd, type SgdOptions } from './sgd.ts';
