import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { spiral } from './spiral.ts';
import type { Task } from './task.ts';

/** Everything that `nn train` can train on. */
export const tasks: readonly Task[] = [spiral, iris, digits];
