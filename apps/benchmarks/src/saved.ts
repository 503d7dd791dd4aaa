import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBlock } from './readme-block.ts';
import type { Report } from './report.ts';
import { bundleTable, coldStartTable, machineLine, speedTable, targetTable, workloadTable } from './tables.ts';
import { verdicts } from './targets.ts';

const here = join(import.meta.dirname, '..');

const resultsFile = join(here, 'results/latest.json');

/** What the last whole run found. */
export function lastReport(): Report {
  return JSON.parse(readFileSync(resultsFile, 'utf8')) as Report;
}

/** The READMEs that show results, and what stands in their blocks. */
export const readmes: readonly {
  readonly file: string;
  readonly blocks: (report: Report) => Record<string, string>;
}[] = [
  { file: join(here, '../../README.md'), blocks: (report) => ({ speed: speedTable(report) }) },
  {
    file: join(here, 'README.md'),
    blocks: (report) => ({
      machine: machineLine(report),
      targets: targetTable(verdicts(report)),
      workloads: report.workloads.map(workloadTable).join('\n\n'),
      'cold start': coldStartTable(report.coldStarts),
      bundle: bundleTable(report.bundles),
    }),
  },
];

/** Writes a report into results/latest.json, and its tables into the READMEs. */
export function save(report: Report): void {
  const lists = /\[[^[\]{}"]*\]/g;
  const json = JSON.stringify(report, undefined, 1).replaceAll(lists, (list) => list.replaceAll(/\s+/g, ' '));
  writeFileSync(resultsFile, `${json}\n`);
  writeTables(report);
}

/** Writes the tables of a report into the READMEs. */
export function writeTables(report: Report): void {
  for (const { file, blocks } of readmes) {
    const text = Object.entries(blocks(report)).reduce(
      (before, [name, content]) => withBlock(before, name, content),
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text);
  }
}
