import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { checkWritable, loadSafetensors, SaveError } from '@nn/files/node';
import { isPicture } from './svg-picture.ts';
import type { Task } from './tasks/task.ts';
import { UsageError } from './usage-error.ts';

/** Where the results of a run go. */
export interface OutputFiles {
  /** The file of the model. */
  readonly save: string;
  /** The file of the picture of the decision regions, if one is wanted. */
  readonly picture?: string;
  /** Whether files that the command did not write are replaced. */
  readonly force: boolean;
}

/** How a model file names the command that wrote it, in its metadata. */
export const commandOf = (task: Task): string => `nn train ${task.name}`;

/**
 * Checks before the training that its results can be saved, and that they replace nothing but earlier results.
 *
 * @throws UsageError that names the option
 */
export function checkOutputFiles(task: Task, { save, picture, force }: OutputFiles): void {
  const model = writable('--save', save);
  if (!force) checkReplaceable('--save', save, model, modelAt(model, task));
  if (picture === undefined) return;
  const drawing = writable('--picture', picture);
  if (drawing === model) {
    throw new UsageError(`--picture ${picture}: --save names the same file. Name two different files.`);
  }
  if (!force) checkReplaceable('--picture', picture, drawing, pictureAt(drawing));
}

/** The file that an option names, with links followed. */
function writable(option: string, path: string): string {
  try {
    return checkWritable(path);
  } catch (error) {
    if (!(error instanceof SaveError)) throw error;
    throw new UsageError(`${option} ${path === '' ? '""' : path}: ${error.reason}. ${error.hint}`);
  }
}

/** @param content  what is in the file that keeps it from being replaced, if anything */
function checkReplaceable(option: string, path: string, target: string, content: string | undefined): void {
  if (content === undefined || !existsSync(target) || statSync(target).size === 0) return;
  throw new UsageError(
    `${option} ${path}: the file exists and ${content}. Name another file, or add --force to replace it.`,
  );
}

function modelAt(path: string, task: Task): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { metadata } = loadSafetensors(path);
    // Version 0.1.0 named the task alone.
    const command = metadata['command'] ?? (metadata['task'] && `nn train ${metadata['task']}`);
    if (command === commandOf(task)) return undefined;
    return `holds ${command === undefined ? 'tensors of another program' : `a model of "${command}"`}`;
  } catch {
    return 'is not a model';
  }
}

function pictureAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(512);
    const length = readSync(file, start);
    return isPicture(start.toString('utf8', 0, length)) ? undefined : 'is not a picture of this command';
  } finally {
    closeSync(file);
  }
}
