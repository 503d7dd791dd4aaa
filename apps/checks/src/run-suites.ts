// Runs every suite to its end, even when an earlier one failed, and ends in one line that counts them all.
// `node apps/checks/src/run-suites.ts` is `pnpm test`; with `--slow`, the suites that only CI waits for.
import { spawn } from 'node:child_process';
import { addCounts, closingLine, readClosingLine, type Counts } from './counts.ts';

interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** The suite prints a closing line of its own, whose counts are taken; otherwise the suite counts as one check. */
  readonly counts?: true;
}

const fast: readonly Suite[] = [
  { name: 'build', command: ['pnpm', 'run', 'build', '--output-logs=errors-only'] },
  { name: 'typecheck', command: ['pnpm', 'run', 'typecheck'] },
  { name: 'lint', command: ['pnpm', 'run', 'lint'] },
  { name: 'unused code', command: ['pnpm', 'run', 'unused'] },
  { name: 'format', command: ['pnpm', 'run', 'format', '--check'] },
  { name: 'boundaries', command: ['pnpm', 'run', 'boundaries'] },
  { name: 'tests', command: ['vitest', 'run'], counts: true },
];

const slow: readonly Suite[] = [
  { name: 'changesets', command: ['node', 'apps/checks/src/changeset-status.ts'] },
  { name: 'slow tests', command: ['vitest', 'run', '--config', 'vitest.slow.config.ts'], counts: true },
];

function run({ name, command, counts }: Suite): Promise<Counts> {
  process.stdout.write(`\n── ${name}: ${command.join(' ')}\n`);
  const [program, ...settings] = command;
  const child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    printed = (printed + text).slice(-10_000);
  });
  return new Promise((resolve) => {
    const finish = (passed: boolean): void => {
      const one: Counts = passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
      const read = counts ? readClosingLine(printed) : one;
      // A suite that ended badly has failed at least once, whatever it printed.
      resolve(read === undefined || (!passed && read.failed === 0) ? { passed: 0, failed: 1, skipped: 0 } : read);
    };
    child.on('error', (error) => {
      process.stdout.write(`${name} could not be started: ${error.message}\n`);
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
for (const suite of process.argv.includes('--slow') ? slow : fast) {
  const counts = await run(suite);
  if (counts.failed > 0) failed.push(suite.name);
  total = addCounts(total, counts);
}
if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
process.stdout.write(`\n${closingLine(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
