import type { BundleSize } from './bundle-sizes.ts';
import type { ColdStart } from './cold-start/measure.ts';
import { verdictOn } from './patterns/bar.ts';
import { bestPeer, type Measured, type PatternReport, type Report, timed, type Timed, timesAsFast } from './report.ts';
import { duration, figure, table } from './table.ts';
import type { Verdict } from './targets.ts';

/** One workload: who takes how long, and how many times as fast that is as others. */
export function workloadTable(measured: Measured): string {
  const { name, title, amount, standings } = measured;
  const best = bestPeer(measured);
  const others = [
    ...(best ? [{ title: `${best.name} (best peer)`, times: best }] : []),
    ...['NumPy', 'PyTorch', 'wasm peak'].flatMap((other) => {
      const times = timed(measured, other);
      return times ? [{ title: other, times }] : [];
    }),
  ];
  const rows = standings
    .filter((standing): standing is Timed => standing.outcome === 'timed')
    .map((standing) => [
      standing.name,
      duration(standing.seconds),
      amount ? figure(amount.perUnit / standing.seconds / 1e9) : figure(1 / standing.seconds),
      ...others.map(({ times }) => figure(timesAsFast(standing, times)!)),
    ]);
  const rate = amount ? `G${amount.measure === 'FLOP' ? 'FLOP' : ' elements'}/s` : 'per second';
  const left = standings.flatMap((standing) =>
    'reason' in standing ? [`${standing.name} is ${standing.outcome}: ${standing.reason}.`] : [],
  );
  return [
    `### ${name}\n\n${title[0]!.toUpperCase()}${title.slice(1)}.\n`,
    table(['contestant', ' time', ` ${rate}`, ...others.map((other) => ` × ${other.title}`)], rows),
    ...(left.length > 0 ? [`\n${left.join('\n')}`] : []),
  ].join('\n');
}

/** A fresh process, up to its first training step. */
export function coldStartTable(coldStarts: readonly ColdStart[]): string {
  const milliseconds = (value: number | undefined): string => (value === undefined ? '' : figure(value));
  const rows = coldStarts.map((each) =>
    'reason' in each
      ? [each.name, each.reason, '', '', '']
      : [each.name, ...[each.import, each.trace, each.compile, each.firstStep].map(milliseconds)],
  );
  return table(['milliseconds', ' import', ' trace', ' compile', ' first step'], rows);
}

/** What travels to a browser. */
export function bundleTable(bundles: readonly BundleSize[]): string {
  const kilobytes = (bytes: number): string => (bytes === 0 ? '' : figure(bytes / 1000));
  const rows = bundles.map((each) =>
    'reason' in each ? [each.name, each.reason, ''] : [each.name, kilobytes(each.script), kilobytes(each.wasm)],
  );
  return table(['kB after gzip', ' script', ' wasm file'], rows);
}

/** The targets, each with what was measured. */
export function targetTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ what, target, measured, atPeak, met }) => [
    what,
    target,
    measured,
    atPeak ?? '',
    met === undefined ? '–' : met ? 'met' : 'missed',
  ]);
  return table(['workload', 'target', ' measured', ' at the wasm peak', ''], rows);
}

/** The patterns, each against the bar, and a sentence about all of them. */
export function patternTable({ patterns }: PatternReport): string {
  const verdicts = patterns.map(verdictOn);
  const rows = verdicts.map(({ pattern, dtype, seconds, timesEager, timesLoops, met, reason }) => [
    pattern,
    dtype,
    ...(seconds ? [seconds.eager, seconds.loops, seconds.compiled].map(duration) : ['', '', '']),
    ...[timesEager, timesLoops].map((times) => (times === undefined ? '' : figure(times))),
    met ? 'met' : 'missed',
    reason,
  ]);
  const header = [
    'pattern',
    'dtype',
    ' eager',
    ' plain loops',
    ' compiled',
    ' × eager',
    ' × plain loops',
    '',
    'reason',
  ];
  const met = verdicts.filter((verdict) => verdict.met).length;
  const stale = verdicts.filter((verdict) => verdict.stale).map(({ pattern, dtype }) => `${pattern} ${dtype}`);
  return [
    `${table(header, rows)}\n\n${met} of ${verdicts.length} rows meet the bar.`,
    ...(stale.length > 0 ? [`A reason is stated that is no longer needed: ${stale.join(', ')}.`] : []),
  ].join(' ');
}

/** What a run was made on, in one sentence. */
export function machineLine({ machine, rounds, milliseconds }: Report | PatternReport): string {
  const facts = Object.entries(machine).map(([fact, value]) => (fact === 'date' ? value : `${fact} ${value}`));
  return `Medians of ${rounds} interleaved rounds of about ${milliseconds} ms each. ${facts.join(', ')}.`;
}

/** What the README of the repository shows, and in which way the library is used there. */
const shown: readonly (readonly [workload: string, what: string, ours: string])[] = [
  ['matmul-1024', 'product of two 1024 × 1024 matrices', 'compiled'],
  ['softmax', 'softmax, 1000 × 1000', 'compiled'],
  ['spiral-adam', 'training step 2-64-3, 300 rows, Adam', 'compiled'],
  ['spiral-adam', 'the same, not compiled', 'eager'],
  ['xor', 'training step 2-8-1, 4 rows, many in one call', 'compiled, many steps a call'],
  ['784-512-512-10', 'training step 784-512-512-10, 128 rows', 'compiled'],
  ['inference', 'one row through 784-128-10', 'compiled'],
];

/** How long the library takes, and how many times as fast that is as others. */
export function speedTable(report: Report): string {
  const rows = shown.flatMap(([workload, what, name]) => {
    const measured = report.workloads.find((each) => each.name === workload);
    const ours = measured && timed(measured, name);
    if (!ours) return [];
    const best = bestPeer(measured);
    const times = (other: Timed | undefined): string => {
      const value = timesAsFast(ours, other);
      return value === undefined ? '' : `${figure(value)} ×`;
    };
    const others = ['plain TypeScript', 'NumPy', 'PyTorch'].map((other) => times(timed(measured, other)));
    return [[what, duration(ours.seconds), best ? `${times(best)} (${best.name})` : '', ...others]];
  });
  const header = ['', ' takes', ' best JavaScript peer', ' plain TypeScript', ' NumPy', ' PyTorch'];
  return `\n${table(header, rows)}\n\n${machineLine(report)}\n`;
}
