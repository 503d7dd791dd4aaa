import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { saveSafetensors, writeFileAtomic } from '@nn/files/node';
import { randomState } from '@nn/tensor';
import { breath, listenForInterruption } from './interruption.ts';
import { bytes, percent, significant, whole } from './numbers.ts';
import { progressOn } from './progress.ts';
import { regionsOf, windowAround } from './regions.ts';
import { svgPicture } from './svg-picture.ts';
import type { Task } from './tasks/task.ts';
import type { Terminal } from './terminal.ts';
import { terminalPicture } from './terminal-picture.ts';
import { score, type Score, type Settings, training } from './training.ts';

/** A training run from the command line. */
export interface TrainSettings extends Settings {
  readonly seed: number;
  /** Where the model goes. */
  readonly save: string;
  /** Where a drawing of the decision regions goes, if anywhere. */
  readonly picture?: string;
}

/** Wrong settings that show only when they are tried: told in one line, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Work is left to the event loop this often, so that Ctrl+C is heard. */
const breathEvery = 30;

/**
 * Trains on a task, shows how it goes, and saves the model, whole or not at all.
 *
 * @returns the exit code: 0, or 130 when Ctrl+C ended the training early; the model is saved either way
 */
export async function train(task: Task, settings: TrainSettings, terminal: Terminal): Promise<number> {
  checkPlaces(task, settings);
  const random = randomState(settings.seed);
  const data = task.prepare(random);
  const rows = data.train.x.shape[0]!;
  if (settings.batch !== undefined && settings.batch > rows) {
    throw new UsageError(`--batch ${settings.batch}: there are only ${rows} rows to train on. Give at most that many.`);
  }
  const { model, optimizer, epoch } = training(task, data, settings, random);

  const shape = [data.inputs, ...settings.neurons, data.classes].join('-');
  const count = Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0);
  const steps = settings.batch === undefined ? 1 : Math.ceil(rows / settings.batch);
  const step = settings.batch === undefined ? 'all rows at once' : `batches of ${whole(settings.batch)}`;
  terminal.write(
    `${task.name}: ${whole(rows)} rows to train on, ${whole(data.test.x.shape[0]!)} to test (${task.testName}), seed ${settings.seed}\n` +
      `network ${shape}, ${whole(count)} parameters; Adam, rate ${settings.learningRate}, decay ${settings.decay}, ${step}\n\n`,
  );

  const interruption = listenForInterruption();
  const progress = progressOn(terminal, settings.epochs);
  const start = performance.now();
  let breathed = start;
  let done = 0;
  while (done < settings.epochs && !interruption.requested) {
    const loss = epoch();
    done++;
    if (!Number.isFinite(loss)) {
      progress.end();
      interruption.end();
      throw new UsageError(
        `the loss became ${loss} in epoch ${done}: the steps were too large. Try a smaller --learning-rate than ${settings.learningRate}.`,
      );
    }
    if (progress.due(done)) {
      const secondsLeft = ((performance.now() - start) / done / 1000) * (settings.epochs - done);
      const rate = optimizer.learningRate.item();
      progress.show({ epoch: done, loss, accuracy: score(model, data.train).accuracy, rate, secondsLeft });
    }
    if (performance.now() - breathed > breathEvery) {
      await breath();
      breathed = performance.now();
    }
  }
  progress.end();
  interruption.end();
  const stopped = done < settings.epochs;
  const seconds = (performance.now() - start) / 1000;
  const names = ['training data', task.testName];
  const width = Math.max(...names.map((name) => name.length));
  terminal.write(
    `\n${stopped ? `stopped after ${whole(done)} of ${whole(settings.epochs)} epochs` : `${whole(done)} epochs`} in ${seconds.toFixed(1)} s, ` +
      `${whole(Math.round((done * steps) / seconds))} steps per second\n` +
      `${names[0]!.padEnd(width)}  ${showScore(score(model, data.train))}\n` +
      `${names[1]!.padEnd(width)}  ${showScore(score(model, data.test))}\n\n`,
  );

  if (task.planar) {
    const window = windowAround(data.train.x);
    const columns = Math.min(terminal.columns, 60);
    terminal.write(`${terminalPicture(regionsOf(model, window, columns, columns), terminal)}\n`);
    if (settings.picture !== undefined) {
      const drawing = svgPicture(regionsOf(model, window, 120, 120), window, data.train);
      writeFileAtomic(settings.picture, new TextEncoder().encode(drawing));
      terminal.write(`drawn  ${settings.picture}\n`);
    }
  }
  saveSafetensors(settings.save, model.parameters, {
    metadata: { task: task.name, network: shape, epochs: String(done), seed: String(settings.seed) },
  });
  terminal.write(`saved  ${settings.save} (${bytes(statSync(settings.save).size)})\n`);
  return stopped ? 130 : 0;
}

const showScore = ({ loss, accuracy, right, total }: Score): string =>
  `loss ${significant(loss).padEnd(7)} accuracy ${percent(accuracy)} (${whole(right)} of ${whole(total)})`;

/** Finds out before hours of training that the result could not be put away. */
function checkPlaces(task: Task, { save, picture }: TrainSettings): void {
  if (picture !== undefined && !task.planar) {
    throw new UsageError(
      `--picture draws decision regions in the plane, which ${task.name} does not have. Leave it away, or train spiral.`,
    );
  }
  for (const [option, path] of [
    ['--save', save],
    ['--picture', picture],
  ] as const) {
    if (path === undefined) continue;
    const folder = dirname(resolve(path));
    if (!existsSync(folder))
      throw new UsageError(`${option} ${path}: there is no folder ${folder}. Make it first, or name another.`);
    if (existsSync(path) && statSync(path).isDirectory())
      throw new UsageError(`${option} ${path} is a folder. Name a file in it.`);
  }
}
