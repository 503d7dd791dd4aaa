import { expect, test } from 'vitest';
import type { Job } from '../contestant.ts';
import { contestant as nn } from '../contestants/nn.ts';
import { contestant as byHand } from '../contestants/by-hand.ts';
import { fault } from '../workload.ts';
import { patterns, patternWorkloads } from './index.ts';

const ways = { 'plain TypeScript': byHand(), eager: nn('eager'), compiled: nn('compiled') };

test.each(patternWorkloads)('$name gives the same numbers eagerly, compiled and in plain loops', async (workload) => {
  const expected = await workload.expected(workload.task(), false);
  expect(expected.length).toBeGreaterThan(0);
  for (const [way, { pattern }] of Object.entries(ways)) {
    const job = (await pattern!(workload.task())) as Job;
    expect(fault(await job.result(), expected, workload.tolerance), way).toBeUndefined();
  }
});

test('every pattern has a name of its own', () => {
  expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
});

test('reasons are given only for dtypes that are measured', () => {
  for (const { dtypes, reasons = {} } of patterns)
    for (const dtype of Object.keys(reasons)) expect(dtypes).toContain(dtype);
});
