import { expect, test } from 'vitest';
import type { Standing } from './compete.ts';
import type { Report } from './report.ts';
import { speedTable, workloadTable } from './tables.ts';
import { targets, verdicts } from './targets.ts';
import { workloads } from './workloads/index.ts';

const timed = (name: string, ...rounds: number[]): Standing => ({
  name,
  outcome: 'timed',
  seconds: rounds.toSorted((a, b) => a - b)[rounds.length >> 1]!,
  rounds,
});

function reportOf(name: string, ...standings: Standing[]): Report {
  const workloadsMeasured = [
    { name, title: 'some work', amount: { perUnit: 2e6, measure: 'FLOP' as const }, standings },
  ];
  return { machine: {}, rounds: 3, milliseconds: 1, workloads: workloadsMeasured, coldStarts: [], bundles: [] };
}

const ours = timed('compiled', 1e-3, 1e-3, 1e-3);

test('a target against the best peer takes the fastest JavaScript peer, not native code and not plain loops', () => {
  const others = [timed('jax-js', 4e-3, 4e-3, 4e-3), timed('tfjs wasm', 2e-3, 2e-3, 2e-3)];
  const native = [timed('NumPy', 1e-5, 1e-5, 1e-5), timed('plain TypeScript', 1e-4, 1e-4, 1e-4)];
  expect(verdicts(reportOf('matmul-256', ours, ...others, ...native))).toEqual([
    { what: 'matmul-256, compiled', target: 'at least 1.7 × the best peer, tfjs wasm', measured: '2.00 ×', met: true },
    { what: 'matmul-256, compiled', target: 'at least 0.85 × wasm peak', measured: 'not measured', met: undefined },
  ]);
});

test('a target is missed by a little as by much', () => {
  const standings = [ours, timed('tfjs wasm', 1.99e-3, 1.99e-3, 1.99e-3), timed('wasm peak', 1e-4, 8e-4, 9e-4)];
  expect(verdicts(reportOf('matmul-64', ...standings))).toMatchObject([
    { measured: '1.99 ×', met: false },
    { measured: '0.800 ×', met: true },
  ]);
});

test('a target shows what it would be at the peak of the machine', () => {
  const standings = [ours, timed('tfjs wasm', 1.5e-3, 1.5e-3, 1.5e-3), timed('wasm peak', 9e-4, 1e-3, 1.1e-3)];
  const [against, , ...rest] = verdicts(reportOf('matmul-64', ...standings));
  expect(against).toMatchObject({ measured: '1.50 ×', atPeak: '1.50 ×', met: false });
  expect(rest).toEqual([]);
});

test('a contestant that is wrong meets nothing', () => {
  const wrong: Standing = { name: 'compiled', outcome: 'wrong', reason: 'gives 2 instead of 3' };
  expect(verdicts(reportOf('spiral-sgd', wrong)).map(({ met }) => met)).toEqual([undefined, undefined, undefined]);
});

test('a cold start is judged by its import alone', () => {
  const cold = { name: 'compiled', import: 12, trace: 3, compile: 4, firstStep: 1.5 };
  const report: Report = { ...reportOf('none'), coldStarts: [cold] };
  expect(verdicts(report)).toEqual([{ what: 'import', target: 'at most 20.0 ms', measured: '12.0 ms', met: true }]);
});

test('every target is about something that is measured', () => {
  const names = new Set(workloads.map(({ name }) => name));
  const unknown = targets.filter((target) => 'workload' in target && !names.has(target.workload));
  expect(unknown).toEqual([]);
});

test('a table gives time, rate, and how many times as fast each is as others; contestants that are left out are listed below', () => {
  const absent: Standing = { name: 'PyTorch', outcome: 'absent', reason: "No module named 'torch'" };
  const passes: Standing = { name: 'synaptic', outcome: 'passes' };
  const [measured] = reportOf('matmul-64', ours, timed('tfjs wasm', 2e-3, 2e-3, 3e-3), absent, passes).workloads;
  expect(workloadTable(measured!)).toBe(
    [
      '### matmul-64',
      '',
      'Some work.',
      '',
      '| contestant |    time | GFLOP/s | × tfjs wasm (best peer) |',
      '|------------|--------:|--------:|------------------------:|',
      '| compiled   | 1.00 ms |    2.00 |                    2.00 |',
      '| tfjs wasm  | 2.00 ms |    1.00 |                    1.00 |',
      '',
      "PyTorch is absent: No module named 'torch'.",
    ].join('\n'),
  );
});

test('the table of the repository leaves out what was not measured', () => {
  const text = speedTable(reportOf('softmax', ours, timed('jax-js', 3e-3, 3e-3, 3e-3)));
  expect(text).toContain('| softmax, 1000 × 1000 | 1.00 ms |      3.00 × (jax-js) |');
  expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
});
