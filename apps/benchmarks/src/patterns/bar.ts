import type { ComputeDType } from '@nn/tensor';
import { type Measured, timed, timesAsFast } from '../report.ts';
import { patternWorkloads, reasonOf } from './index.ts';

/** Compiled programs run at no less than these multiples of the speed of the others. */
const bar = { eager: 0.9, loops: 0.75 } as const;

/** One pattern with one dtype against the bar. */
export interface PatternVerdict {
  readonly pattern: string;
  readonly dtype: ComputeDType;
  readonly seconds?: { readonly eager: number; readonly loops: number; readonly compiled: number };
  /** How many times as fast compiled is. */
  readonly timesEager?: number;
  readonly timesLoops?: number;
  readonly met: boolean;
  /** Why it is not met, or why there are no times. */
  readonly reason: string;
  /** A reason is stated, though the bar is met. */
  readonly stale: boolean;
}

export function verdictOn(measured: Measured): PatternVerdict {
  const { pattern, dtype } = patternWorkloads.find(({ name }) => name === measured.name)!;
  const [eager, loops, compiled] = ['eager', 'plain TypeScript', 'compiled'].map((name) => timed(measured, name));
  if (!eager || !loops || !compiled) {
    const left = measured.standings.flatMap((standing) =>
      'reason' in standing ? [`${standing.name} is ${standing.outcome}: ${standing.reason}`] : [],
    );
    return { pattern, dtype, met: false, reason: left.join('; '), stale: false };
  }
  const [timesEager, timesLoops] = [timesAsFast(compiled, eager)!, timesAsFast(compiled, loops)!];
  const met = timesEager >= bar.eager && timesLoops >= bar.loops;
  const stated = reasonOf(pattern, dtype);
  return {
    pattern,
    dtype,
    seconds: { eager: eager.seconds, loops: loops.seconds, compiled: compiled.seconds },
    timesEager,
    timesLoops,
    met,
    reason: met ? '' : (stated ?? 'no reason is stated'),
    stale: met && stated !== undefined,
  };
}
