import { chain, matmul, softmax } from '../by-hand/arithmetic.ts';
import { convolutional } from '../by-hand/convolutional.ts';
import { inference, training } from '../by-hand/training.ts';
import { pattern } from '../by-hand/pattern.ts';
import type { Contestant } from '../contestant.ts';

/** Plain TypeScript, written by hand for each task. */
export function contestant(): Contestant {
  return { matmul, chain, softmax, training: (task) => training(task), convolutional, inference, pattern };
}
