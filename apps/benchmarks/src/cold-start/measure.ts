import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../statistics.ts';
import type { Phases } from './marks.ts';

/** How long one contestant takes from nothing to its first training step. */
export type ColdStart =
  | ({ readonly name: string } & Phases)
  /** Why there are no figures. */
  | { readonly name: string; readonly reason: string };

/** The programs as they are built: as users start theirs, in JavaScript. */
const programs: readonly (readonly [name: string, file: string, ...words: string[]])[] = [
  ['compiled', 'dist/nn.js'],
  ['tfjs cpu', 'peers/dist/cold-tfjs.js', 'cpu'],
  ['tfjs wasm', 'peers/dist/cold-tfjs.js', 'wasm'],
  ['jax-js', 'peers/dist/cold-jax.js'],
];

/** Starts each program so many times, turn by turn, each in a fresh process, and takes the medians. */
export async function measureColdStarts(times: number): Promise<ColdStart[]> {
  const runs = programs.map((): Phases[] => []);
  const reasons = programs.map((): string | undefined => undefined);
  for (let time = 0; time < times; time++) {
    for (const [at, [, file, ...words]] of programs.entries()) {
      if (reasons[at] !== undefined) continue;
      try {
        runs[at]!.push(await runOnce(join(import.meta.dirname, '../..', file), words));
      } catch (error) {
        reasons[at] = (error as Error).message.split('\n').find((line) => /Error|timed/.test(line)) ?? 'failed';
      }
    }
  }
  return programs.map(([name], at): ColdStart => {
    const reason = reasons[at];
    if (reason !== undefined) return { name, reason };
    const phases = runs[at]!;
    const middle = (phase: keyof Phases): number => median(phases.map((each) => each[phase] ?? 0));
    const compiles = phases[0]!.compile !== undefined;
    return {
      name,
      import: middle('import'),
      ...(compiles && { trace: middle('trace'), compile: middle('compile') }),
      firstStep: middle('firstStep'),
    };
  });
}

async function runOnce(file: string, words: readonly string[]): Promise<Phases> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...words], { timeout: 60_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Phases;
}
