import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBlock } from './readme-block.ts';
import type { PatternReport, Report } from './report.ts';
import {
  bundleTable,
  coldStartTable,
  machineLine,
  patternTable,
  speedTable,
  targetTable,
  workloadTable,
} from './tables.ts';
import { verdicts } from './targets.ts';

const here = join(import.meta.dirname, '..');

const resultsFile = join(here, 'results/latest.json');
const patternsFile = join(here, 'results/patterns.json');

/** What the last whole run found. */
export function lastReport(): Report {
  return JSON.parse(readFileSync(resultsFile, 'utf8')) as Report;
}

/** What the last run of all patterns found. */
export function lastPatterns(): PatternReport {
  return JSON.parse(readFileSync(patternsFile, 'utf8')) as PatternReport;
}

/** The READMEs that show results, and the contents of their blocks. */
export const readmes: readonly {
  readonly file: string;
  readonly blocks: (report: Report, patterns: PatternReport) => Record<string, string>;
}[] = [
  { file: join(here, '../../README.md'), blocks: (report) => ({ speed: speedTable(report) }) },
  {
    file: join(here, 'README.md'),
    blocks: (report, patterns) => ({
      machine: machineLine(report),
      targets: targetTable(verdicts(report)),
      workloads: report.workloads.map(workloadTable).join('\n\n'),
      'cold start': coldStartTable(report.coldStarts),
      bundle: bundleTable(report.bundles),
      patterns: `${machineLine(patterns)}\n\n${patternTable(patterns)}`,
    }),
  },
];

/** Writes a report into results/latest.json, and its tables into the READMEs. */
export function save(report: Report): void {
  write(resultsFile, report);
  writeTables();
}

/** Writes a report into results/patterns.json, and its table into the README. */
export function savePatterns(report: PatternReport): void {
  write(patternsFile, report);
  writeTables();
}

function write(file: string, report: Report | PatternReport): void {
  const lists = /\[[^[\]{}"]*\]/g;
  const json = JSON.stringify(report, undefined, 1).replaceAll(lists, (list) => list.replaceAll(/\s+/g, ' '));
  writeFileSync(file, `${json}\n`);
}

/** Writes the tables of the saved reports into the READMEs. */
export function writeTables(): void {
  for (const { file, blocks } of readmes) {
    const text = Object.entries(blocks(lastReport(), lastPatterns())).reduce(
      (before, [name, content]) => withBlock(before, name, content),
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text);
  }
}
