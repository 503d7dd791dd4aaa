import { chain, matmul, softmax } from '../by-hand/arithmetic.ts';
import { inference, training } from '../by-hand/training.ts';
import { pattern } from '../by-hand/pattern.ts';
import type { Contestant } from '../contestant.ts';

/** Plain TypeScript, written by hand for each task. */
export function contestant(): Contestant {
  return { matmul, chain, softmax, training: (task) => training(task), inference, pattern };
}
