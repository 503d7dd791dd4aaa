#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };
import { run } from './command.ts';
import { processTerminal } from './terminal.ts';
import { tolerateFailedWrites } from './tolerant-output.ts';

const outputFailure = tolerateFailedWrites(process.stdout);
tolerateFailedWrites(process.stderr);

// The last writes may fail after `run` has returned, so this is decided at the exit.
process.once('exit', () => {
  const failure = outputFailure();
  if (failure === undefined) return;
  process.stderr.write(`error: the output could not be written: ${failure.message}\n`);
  if (process.exitCode === 0) process.exitCode = 1;
});

process.exitCode = await run(
  process.argv.slice(2),
  processTerminal(),
  (text) => void process.stderr.write(text),
  manifest.version,
);
