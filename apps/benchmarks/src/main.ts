import { measureBundles } from './bundle-sizes.ts';
import { measureColdStarts } from './cold-start/measure.ts';
import { compete } from './compete.ts';
import { type Entrant, entrants, environment } from './entrants.ts';
import { machineFacts } from './machine.ts';
import { help, isPattern, type Options, readOptions, UsageError } from './options.ts';
import { verdictOn } from './patterns/bar.ts';
import { patternWorkloads } from './patterns/index.ts';
import { ProcessPlayer } from './player.ts';
import { buildPackages, installPeers } from './preparation.ts';
import type { Measured, PatternReport, Report } from './report.ts';
import { save, savePatterns, writeTables } from './saved.ts';
import { figure } from './table.ts';
import { bundleTable, coldStartTable, machineLine, patternTable, targetTable, workloadTable } from './tables.ts';
import { verdicts } from './targets.ts';
import type { Workload } from './workload.ts';
import { workloads } from './workloads/index.ts';

/** The time within which a contestant must answer, in milliseconds. */
const patience = 60_000;

/** Patterns are many and short: they have shorter turns than workloads. */
const patternShare = 1 / 4;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function measure(
  workload: Workload,
  contestants: readonly Entrant[],
  pace: Pick<Options, 'rounds' | 'milliseconds'>,
): Promise<Measured> {
  const entries = contestants.map(({ name, family, command, ...judged }) => ({
    ...judged,
    player: new ProcessPlayer(name, command, environment()),
    limit: family === 'limit',
  }));
  const standings = await compete(workload, entries, { ...pace, patience });
  const { name, title, amount } = workload;
  return { name, title, ...(amount && { amount }), standings };
}

/** This library and its peers. */
async function runPeers({ only, rounds, milliseconds, starts, save: saved }: Options): Promise<void> {
  const machine = machineFacts();
  installPeers(say);
  const measured: Measured[] = [];
  for (const workload of workloads.filter(({ name }) => only.includes(name))) {
    const each = await measure(workload, entrants, { rounds, milliseconds });
    measured.push(each);
    say(`${workloadTable(each)}\n`);
  }
  const coldStarts = only.includes('cold-start') ? await measureColdStarts(starts) : [];
  if (coldStarts.length > 0) say(`### cold-start\n\n${coldStartTable(coldStarts)}\n`);
  const bundles = only.includes('bundle') ? await measureBundles() : [];
  if (bundles.length > 0) say(`### bundle\n\n${bundleTable(bundles)}\n`);

  const report: Report = { machine, rounds, milliseconds, workloads: measured, coldStarts, bundles };
  const judged = verdicts(report);
  if (judged.length > 0) say(`### targets\n\n${targetTable(judged)}\n`);
  say(machineLine(report));
  if (saved) save(report);
}

/** This library against itself without compiling, and against plain loops. */
async function runPatterns(options: Options): Promise<void> {
  const { only, rounds } = options;
  const milliseconds = options.milliseconds * patternShare;
  const machine = machineFacts();
  const contestants = entrants.filter(({ name }) => ['compiled', 'eager', 'plain TypeScript'].includes(name));
  const measured: Measured[] = [];
  for (const workload of patternWorkloads.filter(({ name }) => only.includes(name))) {
    const each = await measure(workload, contestants, { rounds, milliseconds });
    measured.push(each);
    const { timesEager = 0, timesLoops = 0, met } = verdictOn(each);
    const figures = [figure(timesEager), 'x eager,', figure(timesLoops), 'x plain loops'].join(' ');
    say(`${each.name.padEnd(44)} ${figures}${met ? '' : ', missed'}`);
  }
  const report: PatternReport = { machine, rounds, milliseconds, patterns: measured };
  say(`\n### patterns\n\n${patternTable(report)}\n\n${machineLine(report)}`);
  if (options.save) savePatterns(report);
}

const names = [
  ...workloads.map(({ name }) => name),
  'cold-start',
  'bundle',
  ...patternWorkloads.map(({ name }) => name),
];
try {
  const options = readOptions(process.argv.slice(2), names);
  if (options === 'help') say(help);
  else if (options === 'tables') writeTables();
  else if (options === 'list') {
    say(workloads.map(({ name, title }) => `${name.padEnd(16)} ${title}`).join('\n'));
    say('cold-start       a fresh process up to its first training step');
    say('bundle           a training program, bundled and compressed');
    say('patterns         small programs, eager, compiled and as plain loops:');
    say(patternWorkloads.map(({ name }) => `                 ${name}`).join('\n'));
  } else {
    buildPackages();
    if (!options.only.every(isPattern)) await runPeers(options);
    if (options.only.some(isPattern)) await runPatterns(options);
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
