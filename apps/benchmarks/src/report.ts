import type { BundleSize } from './bundle-sizes.ts';
import type { ColdStart } from './cold-start/measure.ts';
import type { Standing } from './compete.ts';
import { type Entrant, entrants } from './entrants.ts';
import { ratio } from './statistics.ts';
import type { Workload } from './workload.ts';

/** What was measured at one workload. */
export interface Measured {
  readonly name: string;
  readonly title: string;
  readonly amount?: Workload['amount'];
  readonly standings: readonly Standing[];
}

/** The results of one run, as saved in results/latest.json. */
export interface Report {
  readonly machine: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly milliseconds: number;
  readonly workloads: readonly Measured[];
  readonly coldStarts: readonly ColdStart[];
  readonly bundles: readonly BundleSize[];
}

/** The results of one run of all patterns, as saved in results/patterns.json. */
export interface PatternReport {
  readonly machine: Report['machine'];
  readonly rounds: number;
  readonly milliseconds: number;
  readonly patterns: readonly Measured[];
}

/** One contestant's times. */
export type Timed = Extract<Standing, { outcome: 'timed' }>;

export function timed({ standings }: Measured, name: string): Timed | undefined {
  return standings.find((standing): standing is Timed => standing.outcome === 'timed' && standing.name === name);
}

function family(name: string): Entrant['family'] {
  return entrants.find((entrant) => entrant.name === name)!.family;
}

/** The JavaScript peer that was fastest. */
export function bestPeer({ standings }: Measured): Timed | undefined {
  return standings
    .filter((standing): standing is Timed => standing.outcome === 'timed' && family(standing.name) === 'peer')
    .toSorted((a, b) => a.seconds - b.seconds)[0];
}

/** How many times as fast the one is as the other; undefined when one of them has no times. */
export function timesAsFast(one: Timed | undefined, other: Timed | undefined): number | undefined {
  return one && other && ratio(one.rounds, other.rounds);
}
