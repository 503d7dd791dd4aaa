import { spawn } from 'node:child_process';
import { readClosingLine, type Counts } from './counts.ts';

/** A command that checks something. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** The suite prints its own closing line, and its counts are used. Otherwise the suite counts as one check. */
  readonly counts?: true;
}

const onePassed: Counts = { passed: 1, failed: 0, skipped: 0 };
const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };

/**
 * Runs a suite, passes on what it prints, and returns its counts.
 *
 * A suite that cannot start, exits with an error, or prints no counts where it should counts at least one failure.
 *
 * @param show  receives the output piece by piece
 */
export function runSuite({ name, command, counts }: Suite, show: (text: string) => void): Promise<Counts> {
  const [program, ...settings] = command;
  const child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    show(text);
    printed = (printed + text).slice(-10_000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      show(`${name} could not be started: ${error.message}\n`);
      resolve(oneFailed);
    });
    child.on('close', (code) => {
      const passed = code === 0;
      const said = counts ? readClosingLine(printed) : passed ? onePassed : oneFailed;
      if (said === undefined) resolve(oneFailed);
      else resolve(passed || said.failed > 0 ? said : { ...said, failed: 1 });
    });
  });
}
