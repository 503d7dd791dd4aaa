import type * as learner from './learner.ts';

/**
 * The code for training: the compiler and the optimizers, a third of all code. The first view does not need it, so it is loaded
 * on the first interaction.
 */
export type LearnerModule = typeof learner;
