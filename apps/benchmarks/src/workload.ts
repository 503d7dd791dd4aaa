import type { Task } from './task.ts';

/** Work that contestants are timed at. */
export interface Workload {
  /** What `--only` picks it by. */
  readonly name: string;
  /** What one unit of it is, for the reader of the table. */
  readonly title: string;
  /** How much of what one unit counts for, where time per unit says little: 2 n³ floating-point operations. */
  readonly amount?: { readonly perUnit: number; readonly measure: 'FLOP' | 'elements' };
  /** The inputs and settings, the same numbers every time. */
  readonly task: () => Task;
  /**
   * What comes out, worked out by plain loops.
   *
   * @param rowByRow  for contestants that know no batches: the weights move after every row
   */
  readonly expected: (task: Task, rowByRow: boolean) => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** How far off a result may be: `relative` · |expected| + `absolute`. */
  readonly tolerance: Tolerance;
}

export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** What float32 in another order of adding may differ by. */
export const rounding: Tolerance = { relative: 1e-4, absolute: 1e-5 };

/**
 * Says what is wrong with a result.
 *
 * @returns undefined when it is right
 */
export function fault(
  result: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): string | undefined {
  if (result.length !== expected.length) return `gives ${result.length} numbers instead of ${expected.length}`;
  for (let at = 0; at < expected.length; at++) {
    const value = result[at]!;
    const right = expected[at]!;
    // Written so that NaN is wrong.
    if (Math.abs(value - right) <= relative * Math.abs(right) + absolute) continue;
    return `gives ${value} instead of ${right} at index ${at} of its result`;
  }
  return undefined;
}
