// Runs every suite, even when an earlier one failed. The last line counts them all.
// `pnpm test` is `node apps/checks/src/run-suites.ts`; `pnpm test:slow` adds `--slow`.
import { addCounts, closingLine, type Counts } from './counts.ts';
import { runSuite, type Suite } from './suite.ts';

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

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
for (const suite of process.argv.includes('--slow') ? slow : fast) {
  process.stdout.write(`\n── ${suite.name}: ${suite.command.join(' ')}\n`);
  const counts = await runSuite(suite, (text) => process.stdout.write(text));
  if (counts.failed > 0) failed.push(suite.name);
  total = addCounts(total, counts);
}
if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
process.stdout.write(`\n${closingLine(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
