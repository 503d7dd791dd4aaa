import { parseArgs } from 'node:util';

/** The options of the command. */
export interface Options {
  /** The names of what is measured. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** About how long a turn lasts. */
  readonly milliseconds: number;
  /** How many fresh processes each contestant starts. */
  readonly starts: number;
  /** Whether the results replace those in the repository. */
  readonly save: boolean;
}

/** The command was used wrongly. The message says how to fix it. */
export class UsageError extends Error {}

export const help = `Measures this library and its peers side by side: interleaved rounds, results compared first.

  pnpm bench                       everything, about fifteen minutes
  pnpm bench --only spiral,xor     names with one of these prefixes
  pnpm bench --only patterns       eager, compiled and plain loops at many small programs
  pnpm bench --quick               fewer and shorter rounds: a first look, not a measurement

  --only <names>    which measurements, separated by commas; prefixes are enough
  --rounds <n>      the number of turns of each contestant (15)
  --turn <ms>       the approximate length of a turn in milliseconds (100)
  --quick           3 rounds of 40 ms, 3 processes for each cold start
  --save            writes results/*.json and the tables of the READMEs; for whole runs, or all patterns
  --tables          measures nothing, and writes the tables of the READMEs from results/*.json
  --list            names everything that is measured
  --help            this text
`;

/**
 * Reads the words after the command.
 *
 * @param names  what can be measured
 * @throws UsageError when an option is unknown or does not fit
 */
export function readOptions(words: readonly string[], names: readonly string[]): Options | 'help' | 'list' | 'tables' {
  const { help, list, only, quick, rounds, save, tables, turn } = parsed(words);
  if (help) return 'help';
  if (list) return 'list';
  if (tables) return 'tables';
  const chosen = only === undefined ? names : chosenNames(only, names);
  if (save && (quick || !(sameNames(chosen, names) || sameNames(chosen, names.filter(isPattern))))) {
    throw new UsageError('Only a whole run, or all patterns, can be saved. Leave out --save, or --only and --quick.');
  }
  return {
    only: chosen,
    rounds: positiveInteger('--rounds', rounds, quick ? 3 : 15),
    milliseconds: positiveInteger('--turn', turn, quick ? 40 : 100),
    starts: quick ? 3 : 9,
    save: save ?? false,
  };
}

/** Whether a name belongs to the suite of patterns, whose results are saved apart. */
export function isPattern(name: string): boolean {
  return name.startsWith('patterns/');
}

function sameNames(chosen: readonly string[], names: readonly string[]): boolean {
  return chosen.length === names.length && chosen.every((name, at) => name === names[at]);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        turn: { type: 'string' },
        quick: { type: 'boolean' },
        save: { type: 'boolean' },
        tables: { type: 'boolean' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n"pnpm bench --help" lists the options.`);
  }
}

function chosenNames(only: string, names: readonly string[]): readonly string[] {
  const beginnings = only.split(',').map((word) => word.trim());
  for (const beginning of beginnings) {
    if (beginning !== '' && names.some((name) => name.startsWith(beginning))) continue;
    const shown = [...new Set(names.map((name) => name.split('/')[0]))].join(', ');
    throw new UsageError(`--only: no measurement has a name that begins with "${beginning}". There are ${shown}.`);
  }
  return names.filter((name) => beginnings.some((beginning) => name.startsWith(beginning)));
}

function positiveInteger(option: string, text: string | undefined, preset: number): number {
  if (text === undefined) return preset;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 10_000) return value;
  throw new UsageError(`${option} must be an integer from 1 to 10000, got "${text}".`);
}
