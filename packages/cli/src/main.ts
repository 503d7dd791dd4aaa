#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };
import { run } from './command.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await run(
  process.argv.slice(2),
  processTerminal(),
  (text) => void process.stderr.write(text),
  manifest.version,
);
