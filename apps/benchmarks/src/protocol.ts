import type { Task } from './task.ts';

/** What the coordinator asks of a contestant's process, one line each. */
export type Request =
  | { readonly ask: 'prepare'; readonly task: Task }
  | { readonly ask: 'result' }
  /** Run unit after unit for about so many milliseconds. */
  | { readonly ask: 'run'; readonly milliseconds: number };

/** What it answers, one line for each request. */
export type Answer =
  | { readonly answer: 'ready' }
  /** It cannot do this task. */
  | { readonly answer: 'passes' }
  /** What it needs is not installed. */
  | { readonly answer: 'absent'; readonly reason: string }
  | { readonly answer: 'result'; readonly numbers: ArrayLike<number> }
  | { readonly answer: 'ran'; readonly units: number; readonly milliseconds: number }
  /** It tried and failed. */
  | { readonly answer: 'failed'; readonly reason: string };
