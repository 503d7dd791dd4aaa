import type * as learner from './learner.ts';

/**
 * What it takes to train, and to compute fast: the compiler and the optimizers, a third of all the code. The page can be
 * looked at without it, so it is loaded when somebody first moves, touches or types.
 */
export type LearnerModule = typeof learner;
