import { measureBundles } from './bundle-sizes.ts';
import { measureColdStarts } from './cold-start/measure.ts';
import { compete } from './compete.ts';
import { entrants, environment } from './entrants.ts';
import { machineFacts } from './machine.ts';
import { help, type Options, readOptions, UsageError } from './options.ts';
import { ProcessPlayer } from './player.ts';
import { buildPackages, installPeers } from './preparation.ts';
import type { Measured, Report } from './report.ts';
import { lastReport, save, writeTables } from './saved.ts';
import { bundleTable, coldStartTable, machineLine, targetTable, workloadTable } from './tables.ts';
import { verdicts } from './targets.ts';
import type { Workload } from './workload.ts';
import { workloads } from './workloads/index.ts';

/** How long a contestant may be silent, in milliseconds. */
const patience = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function measure(workload: Workload, { rounds, milliseconds }: Options): Promise<Measured> {
  const entries = entrants.map(({ name, family, command, ...judged }) => ({
    ...judged,
    player: new ProcessPlayer(name, command, environment()),
    limit: family === 'limit',
  }));
  const standings = await compete(workload, entries, { rounds, milliseconds, patience });
  const { name, title, amount } = workload;
  return { name, title, ...(amount && { amount }), standings };
}

async function run(options: Options): Promise<void> {
  const { only, rounds, milliseconds, starts } = options;
  const machine = machineFacts();
  buildPackages();
  installPeers(say);
  const measured: Measured[] = [];
  for (const workload of workloads.filter(({ name }) => only.includes(name))) {
    const each = await measure(workload, options);
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
  if (options.save) save(report);
}

const names = [...workloads.map(({ name }) => name), 'cold-start', 'bundle'];
try {
  const options = readOptions(process.argv.slice(2), names);
  if (options === 'help') say(help);
  else if (options === 'tables') writeTables(lastReport());
  else if (options === 'list') {
    say(workloads.map(({ name, title }) => `${name.padEnd(16)} ${title}`).join('\n'));
    say('cold-start       a fresh process up to its first training step');
    say('bundle           a training program, bundled and compressed');
  } else await run(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
