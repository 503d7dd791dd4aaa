import { bestPeer, type Measured, type Report, timed, timesAsFast } from './report.ts';
import { duration, figure } from './table.ts';

/** What one row of the target table asks for. */
export type Target =
  | { readonly workload: string; readonly ours: string; readonly against: string; readonly atLeast: number }
  | { readonly workload: string; readonly ours: string; readonly atMost: number }
  | { readonly coldStart: 'import'; readonly atMost: number };

/** How it came out. */
export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** What a program would reach whose products of matrices run at the wasm peak, and which does nothing else. */
  readonly atPeak?: string;
  readonly met: boolean | undefined;
}

const fastest = 'best peer';
const compiled = 'compiled';
const against = (workload: string, other: string, atLeast: number, ours: string = compiled): Target => ({
  workload,
  ours,
  against: other,
  atLeast,
});
const within = (workload: string, microseconds: number, ours: string = compiled): Target => ({
  workload,
  ours,
  atMost: microseconds / 1e6,
});

const manySteps = 'compiled, many steps a call';
const twoThreads = 'compiled, 2 threads';

/** The target table, row by row. */
export const targets: readonly Target[] = [
  ...[256, 512, 1024].flatMap((n) => [against(`matmul-${n}`, fastest, 1.7), against(`matmul-${n}`, 'wasm peak', 0.85)]),
  against('matmul-64', 'tfjs wasm', 2),
  against('matmul-64', 'wasm peak', 0.75),
  against('chain', 'tfjs wasm', 9),
  against('chain', 'PyTorch', 1),
  against('softmax', 'tfjs wasm', 1.2),
  against('softmax', 'PyTorch', 1),
  against('spiral-sgd', 'jax-js', 25),
  against('spiral-sgd', 'NumPy', 5),
  within('spiral-sgd', 25),
  against('spiral-adam', 'jax-js', 20),
  against('spiral-adam', 'NumPy', 5),
  within('spiral-adam', 25),
  against('xor', 'plain TypeScript', 2, manySteps),
  against('xor', 'synaptic', 2, manySteps),
  within('xor', 0.6, manySteps),
  against('784-128-10', 'jax-js', 2),
  against('784-128-10', 'tfjs wasm', 12),
  against('784-128-10', 'NumPy', 0.7),
  against('784-128-10', compiled, 1.7, twoThreads),
  against('784-512-512-10', 'jax-js', 2),
  against('784-512-512-10', 'tfjs wasm', 12),
  against('784-512-512-10', 'NumPy', 0.55),
  against('784-512-512-10', compiled, 1.7, twoThreads),
  against('convolution', fastest, 1.5),
  against('depthwise', fastest, 1.5),
  against('digits', fastest, 1.5),
  against('inference', 'onnxruntime-web', 1.8),
  within('inference', 11),
  { coldStart: 'import', atMost: 0.02 },
  against('spiral-adam', 'tfjs cpu', 1, 'eager'),
  against('spiral-adam', 'tfjs wasm', 1, 'eager'),
  against('spiral-adam', 'jax-js', 1, 'eager'),
  against('spiral-adam', 'plain TypeScript', 0.5, 'eager'),
];

/** The verdicts on the targets whose workloads were measured. */
export function verdicts(report: Report): readonly Verdict[] {
  return targets.flatMap((target) => {
    if ('coldStart' in target) return coldStartVerdict(target, report);
    const measured = report.workloads.find(({ name }) => name === target.workload);
    return measured ? [workloadVerdict(target, measured)] : [];
  });
}

function workloadVerdict(target: Exclude<Target, { coldStart: string }>, measured: Measured): Verdict {
  const ours = timed(measured, target.ours);
  const what = `${target.workload}, ${target.ours}`;
  if ('atMost' in target) return bounded(what, target.atMost, ours?.seconds);
  const other = target.against === fastest ? bestPeer(measured) : timed(measured, target.against);
  const value = timesAsFast(ours, other);
  const bound = target.against !== 'wasm peak' && (target.ours === compiled || target.ours === manySteps);
  const possible = bound ? timesAsFast(timed(measured, 'wasm peak'), other) : undefined;
  const named = target.against === fastest && other ? `the best peer, ${other.name}` : target.against;
  return {
    what,
    target: `at least ${target.atLeast} × ${named}`,
    measured: value === undefined ? 'not measured' : `${figure(value)} ×`,
    ...(possible !== undefined && { atPeak: `${figure(possible)} ×` }),
    met: value === undefined ? undefined : value >= target.atLeast,
  };
}

function coldStartVerdict(
  { coldStart, atMost }: Extract<Target, { coldStart: string }>,
  { coldStarts }: Report,
): Verdict[] {
  const ours = coldStarts.find(({ name }) => name === compiled);
  if (!ours) return [];
  if ('reason' in ours) return [bounded(coldStart, atMost, undefined)];
  return [bounded(coldStart, atMost, ours.import / 1000)];
}

function bounded(what: string, atMost: number, seconds: number | undefined): Verdict {
  return {
    what,
    target: `at most ${duration(atMost)}`,
    measured: seconds === undefined ? 'not measured' : duration(seconds),
    met: seconds === undefined ? undefined : seconds <= atMost,
  };
}
