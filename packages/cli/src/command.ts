import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { tasks } from './tasks/index.ts';
import type { Task } from './tasks/task.ts';
import type { Terminal } from './terminal.ts';
import { train, type TrainSettings, UsageError } from './train.ts';

/** What every wrong use of the command ends with. */
const usageExit = 2;

/**
 * Runs the command `nn`.
 *
 * @param words     what follows the command’s name
 * @param version   what `nn --version` says
 * @returns         the exit code: 0 done, 1 failed, 2 used wrongly, 130 stopped by Ctrl+C
 */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  complain: (text: string) => void,
  version: string,
): Promise<number> {
  let exitCode = 0;
  const nn = new Command('nn')
    .description('Train neural networks in the terminal.')
    .version(version)
    .showHelpAfterError('Run "nn --help" for what there is.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: complain });
  const trainCommand = nn
    .command('train')
    .description('Train a network on a data set, show how well it does, and save it.')
    .showHelpAfterError('Run "nn train --help" for what there is.');
  for (const task of tasks) {
    addTask(trainCommand, task, async (settings) => {
      exitCode = await train(task, settings, terminal);
    });
  }
  try {
    await nn.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExit;
    if (error instanceof UsageError) {
      complain(`error: ${error.message}\n`);
      return usageExit;
    }
    complain(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Options {
  readonly epochs: number;
  readonly neurons: readonly number[];
  readonly learningRate: number;
  readonly decay: number;
  readonly batch?: number;
  readonly seed: number;
  readonly save: string;
  readonly picture?: string;
}

function addTask(parent: Command, task: Task, action: (settings: TrainSettings) => Promise<void>): void {
  const { defaults } = task;
  const command = parent
    .command(task.name)
    .description(task.summary)
    .allowExcessArguments(false)
    .showHelpAfterError(`Run "nn train ${task.name} --help" for what there is.`)
    .addOption(
      new Option('--epochs <n>', 'how often to go through the data').default(defaults.epochs).argParser(atLeast(1)),
    )
    .addOption(
      new Option('--neurons <list>', 'neurons of each hidden layer, as in 64 or 32,16')
        .default(defaults.neurons, defaults.neurons.join(','))
        .argParser((text) => text.split(',').map(atLeast(1))),
    )
    .addOption(
      new Option('--learning-rate <x>', 'size of the first steps').default(defaults.learningRate).argParser(above(0)),
    )
    .addOption(
      new Option('--decay <x>', 'how fast the steps shrink: rate / (1 + decay · step)')
        .default(defaults.decay)
        .argParser(from(0)),
    )
    .addOption(batchOption(defaults.batch))
    .addOption(new Option('--seed <n>', 'the same seed gives the same run').default(0).argParser(atLeast(0)))
    .addOption(new Option('--save <file>', 'where the model goes').default(`${task.name}.safetensors`));
  if (task.planar) command.option('--picture <file.svg>', 'draw the decision regions into a file');
  command.action(async (options: Options) => action({ ...options, batch: options.batch }));
}

function batchOption(preset: number | undefined): Option {
  const option = new Option('--batch <n>', 'rows per step').argParser(atLeast(1));
  return preset === undefined ? option.default(undefined, 'all rows') : option.default(preset);
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least || value >= 2 ** 32) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
    }
    return value;
  };
}

function numberThat(fits: (value: number) => boolean, rule: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || !fits(value)) throw new InvalidArgumentError(rule);
    return value;
  };
}

const above = (least: number): ((text: string) => number) =>
  numberThat((value) => value > least, `It must be a number above ${least}.`);
const from = (least: number): ((text: string) => number) =>
  numberThat((value) => value >= least, `It must be a number from ${least} on.`);
