import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { spiral } from './spiral.ts';
import type { Task } from './task.ts';

/** All tasks of `nn train`. */
export const tasks: readonly Task[] = [spiral, iris, digits];
