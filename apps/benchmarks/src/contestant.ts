import type { Task } from './task.ts';

/** A task that a contestant has made ready. */
export interface Job {
  /**
   * The numbers by which it is checked: the losses of the first steps, or a digest of what comes out. Asked for once,
   * before the job is run.
   */
  result(): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Runs that many units and returns when they are done. */
  run(times: number): void | Promise<void>;
}

/**
 * What a contestant can do: a function for each kind of task that makes a job of it, or nothing of a task that is none
 * for it.
 */
export type Contestant = {
  readonly [Kind in Task['kind']]?: (
    task: Extract<Task, { readonly kind: Kind }>,
  ) => Job | undefined | Promise<Job | undefined>;
};

/**
 * What tells a large result from a wrong one: its sum, and 64 of its numbers, spread evenly and not all in one column.
 */
export function digest(data: ArrayLike<number>): readonly number[] {
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += data[at]!;
  return [sum, ...Array.from({ length: 64 }, (_, sample) => data[Math.floor((sample * (data.length - 1)) / 63)]!)];
}
