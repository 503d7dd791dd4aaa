import { statSync } from 'node:fs';
import { saveSafetensors, writeFileAtomic } from '@nn/files/node';
import type { Model } from '@nn/layers';
import { randomState } from '@nn/tensor';
import { listenForInterruption, yieldToEventLoop } from './interruption.ts';
import { bytes, integer, percent, significant } from './numbers.ts';
import { checkOutputFiles, commandOf, type OutputFiles } from './output-files.ts';
import { progressOn } from './progress.ts';
import { regionsOf, windowAround } from './regions.ts';
import { svgPicture } from './svg-picture.ts';
import type { Task } from './tasks/task.ts';
import type { Terminal } from './terminal.ts';
import { terminalPicture } from './terminal-picture.ts';
import { type Score, type Settings, type Training, training } from './training.ts';
import { UsageError } from './usage-error.ts';

/** A training run from the command line. */
export interface TrainSettings extends Settings, OutputFiles {
  readonly seed: number;
}

/** Milliseconds of training after which the event loop runs once, so that Ctrl+C is noticed. */
const yieldEvery = 30;

/**
 * Trains on a task, shows how it goes, and saves the model, whole or not at all.
 *
 * @returns the exit code: 0, or that of the signal that ended the training early; the model is saved either way
 * @throws UsageError when a setting does not fit the data, or the results could not be saved
 */
export async function train(task: Task, settings: TrainSettings, terminal: Terminal): Promise<number> {
  checkOutputFiles(task, settings);
  const random = randomState(settings.seed);
  const data = task.prepare(random);
  const rows = data.train.x.shape[0]!;
  const { batchSize } = settings;
  if (batchSize !== undefined && batchSize > rows) {
    throw new UsageError(`--batch-size ${batchSize}: there are only ${rows} training rows. Give at most that many.`);
  }
  const run = training(task, data, settings, random);
  const { model } = run;

  const network = [data.inputs, ...settings.neurons, data.classes].join('-');
  const count = Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0);
  const batch = batchSize === undefined ? 'all rows in one batch' : `batch size ${integer(batchSize)}`;
  terminal.write(
    `${task.name}: ${integer(rows)} training rows, ${integer(data.test.x.shape[0]!)} test rows (${task.testSource}), seed ${settings.seed}\n` +
      `network ${network}, ${integer(count)} parameters\n` +
      `Adam, learning rate ${settings.learningRate}, decay ${settings.decay}, ${batch}\n\n`,
  );

  const { epochs, steps, seconds, exitCode } = await runEpochs(run, settings, terminal, () => run.evaluate(data.train));
  // Saved before anything else, so that nothing that fails later loses it.
  saveSafetensors(settings.save, model.parameters, {
    metadata: {
      command: commandOf(task),
      network,
      epochs: String(epochs),
      steps: String(steps),
      seed: String(settings.seed),
    },
  });

  const rest = steps - epochs * run.stepsPerEpoch;
  const done =
    exitCode === 0
      ? `${integer(epochs)} epochs`
      : `stopped after ${integer(epochs)} of ${integer(settings.epochs)} epochs` +
        (rest > 0 ? ` and ${integer(rest)} of ${integer(run.stepsPerEpoch)} steps` : '');
  terminal.write(`\n${done} in ${seconds.toFixed(1)} s, ${integer(Math.round(steps / seconds))} steps per second\n`);
  terminal.write(`training data  ${showScore(run.evaluate(data.train))}\n`);
  terminal.write(`test data      ${showScore(run.evaluate(data.test))}\n\n`);
  if (task.planar) {
    const window = windowAround(data.train.x);
    const columns = Math.min(terminal.columns, 60);
    terminal.write(`${terminalPicture(regionsOf(model, window, columns, columns), terminal)}\n`);
    if (settings.picture !== undefined) {
      const picture = svgPicture(regionsOf(model, window, 120, 120), window, data.train);
      writeFileAtomic(settings.picture, new TextEncoder().encode(picture));
      terminal.write(`drawn  ${settings.picture}\n`);
    }
  }
  terminal.write(`saved  ${settings.save} (${bytes(statSync(settings.save).size)})\n`);
  return exitCode;
}

/** What was trained. */
interface Trained {
  /** Completed epochs. */
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  /** 0, or that of the signal that ended the training early. */
  readonly exitCode: number;
}

/**
 * Runs the epochs until they are done, or a signal asks to stop: then at most the running step is finished.
 *
 * @throws UsageError when the loss or a parameter is not finite
 */
async function runEpochs(
  { model, optimizer, stepsPerEpoch, epoch }: Training,
  settings: Settings,
  terminal: Terminal,
  evaluate: () => Score,
): Promise<Trained> {
  const progress = progressOn(terminal, settings.epochs);
  const interruption = listenForInterruption(() => progress.end());
  const start = performance.now();
  let yielded = start;
  let epochs = 0;
  let steps = 0;
  try {
    training: while (epochs < settings.epochs) {
      let sum = 0;
      let rows = 0;
      for (const step of epoch()) {
        steps++;
        sum += step.loss * step.rows;
        rows += step.rows;
        if (!Number.isFinite(step.loss)) throw divergence(`the loss became ${step.loss}`, epochs + 1, settings);
        if (performance.now() - yielded > yieldEvery) {
          await yieldToEventLoop();
          yielded = performance.now();
          if (interruption.requested) break training;
        }
      }
      epochs++;
      if (progress.due(epochs)) {
        const secondsLeft = ((performance.now() - start) / epochs / 1000) * (settings.epochs - epochs);
        const learningRate = optimizer.learningRate.item();
        progress.show({ epoch: epochs, loss: sum / rows, accuracy: evaluate().accuracy, learningRate, secondsLeft });
      }
    }
    epochs = Math.floor(steps / stepsPerEpoch); // the step before a stop may have been the last of its epoch
    // The last step may have overflowed without a loss after it.
    if (!allFinite(model)) throw divergence('a parameter is not finite', epochs, settings);
  } finally {
    progress.end();
    interruption.end();
  }
  const seconds = (performance.now() - start) / 1000;
  return { epochs, steps, seconds, exitCode: epochs < settings.epochs ? interruption.exitCode : 0 };
}

const allFinite = ({ parameters }: Model): boolean =>
  Object.values(parameters).every(({ data }) => data.every((value) => Number.isFinite(value)));

function divergence(what: string, epoch: number, { learningRate }: Settings): UsageError {
  return new UsageError(
    `${what} in epoch ${epoch}: the steps were too large. Try a smaller --learning-rate than ${learningRate}.`,
  );
}

const showScore = ({ loss, accuracy, correct, total }: Score): string =>
  `loss ${significant(loss).padEnd(7)} accuracy ${percent(accuracy)} (${integer(correct)} of ${integer(total)})`;
