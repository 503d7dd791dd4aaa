import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { tasks } from './tasks/index.ts';
import type { Task } from './tasks/task.ts';
import type { Terminal } from './terminal.ts';
import { train, type TrainSettings } from './train.ts';
import { UsageError } from './usage-error.ts';

/** The exit code of wrong usage. */
const usageExit = 2;

/**
 * Runs the command `nn`.
 *
 * @param args        the arguments after the name of the command
 * @param writeError  takes error messages
 * @param version     the answer to `nn --version`
 * @returns           the exit code: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl+C
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  writeError: (text: string) => void,
  version: string,
): Promise<number> {
  let exitCode = 0;
  const nn = new Command('nn')
    .description('Train neural networks in the terminal.')
    .version(version)
    .showHelpAfterError('Run "nn --help" for all commands.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.write,
      writeErr: writeError,
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
    });
  const trainCommand = nn
    .command('train')
    .description('Train a network on a data set, evaluate it, and save it.')
    .showHelpAfterError('Run "nn train --help" for all data sets.');
  for (const task of tasks) {
    addTask(trainCommand, task, async (settings) => {
      exitCode = await train(task, settings, terminal);
    });
  }
  try {
    await nn.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExit;
    writeError(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? usageExit : 1;
  }
}

interface Options {
  readonly epochs: number;
  readonly neurons: readonly number[];
  readonly learningRate: number;
  readonly decay: number;
  readonly batchSize?: number;
  readonly seed: number;
  readonly save: string;
  readonly picture?: string;
  readonly force?: boolean;
}

function addTask(parent: Command, task: Task, action: (settings: TrainSettings) => Promise<void>): void {
  const { defaults } = task;
  const command = parent
    .command(task.name)
    .description(task.summary)
    .allowExcessArguments(false)
    .showHelpAfterError(`Run "nn train ${task.name} --help" for all options.`)
    .addOption(new Option('--epochs <n>', 'passes through the data').default(defaults.epochs).argParser(integerFrom(1)))
    .addOption(
      new Option('--neurons <list>', 'neurons of each hidden layer, as in 64 or 32,16')
        .default(defaults.neurons, defaults.neurons.join(','))
        .argParser((text) => text.split(',').map(integerFrom(1))),
    )
    .addOption(
      new Option('--learning-rate <x>', 'learning rate of the first step')
        .default(defaults.learningRate)
        .argParser(numberThat((value) => value > 0, 'It must be a positive number.')),
    )
    .addOption(
      new Option('--decay <x>', 'learning rate decay: rate / (1 + decay · step)')
        .default(defaults.decay)
        .argParser(numberThat((value) => value >= 0, 'It must be 0 or a positive number.')),
    )
    .addOption(batchSizeOption(defaults.batchSize))
    .addOption(
      new Option('--seed <n>', 'seed of the random numbers; equal seeds give equal models')
        .default(0)
        .argParser(integerFrom(0)),
    )
    .addOption(new Option('--save <file>', 'file of the model').default(`${task.name}.safetensors`));
  if (task.planar) command.option('--picture <file.svg>', 'file of a picture of the decision regions');
  command.option('--force', 'replace files that this command did not write');
  command.action(async ({ force = false, batchSize, ...options }: Options) => action({ ...options, batchSize, force }));
}

function batchSizeOption(preset: number | undefined): Option {
  const all = preset === undefined ? ' (default: all rows)' : '';
  return new Option('--batch-size <n>', `rows in a batch${all}`).default(preset).argParser(integerFrom(1));
}

/** Integers go up to 2³² − 1, the largest seed. */
function integerFrom(least: number): (text: string) => number {
  const largest = 2 ** 32 - 1;
  return numberThat(
    (value) => Number.isInteger(value) && value >= least && value <= largest,
    `It must be an integer from ${least} to ${largest}.`,
  );
}

function numberThat(fits: (value: number) => boolean, requirement: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || !fits(value)) throw new InvalidArgumentError(requirement);
    return value;
  };
}
