import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors } from '@nn/files/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

let folder: string;
let save: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nn-cli-'));
  save = join(folder, 'model.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs the command in a process of its own.
 *
 * @param onOutput  is called with each text on its output, and what came before
 * @param stdout    where its output goes instead
 */
async function nn(
  args: readonly string[],
  onOutput: (child: ReturnType<typeof spawn>, text: string, before: string) => void = () => {},
  stdout: 'pipe' | number = 'pipe',
): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@nn/source', main, 'train', ...args, '--save', save], {
    stdio: ['ignore', stdout, 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const before = output;
    output += text;
    onOutput(child, text, before);
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

// Windows has no such signals.
describe.skipIf(process.platform === 'win32')('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the training, saves the model, and gives exit code %i', async (signal, exitCode) => {
    const { code, output, errors } = await nn(['spiral', '--epochs', '1000000'], (child, text, before) => {
      // The first progress line shows that training is under way.
      if (!before.includes('epoch ') && `${before}${text}`.includes('epoch ')) child.kill(signal);
    });
    expect(errors).toBe('');
    expect(code).toBe(exitCode);
    expect(output).toMatch(/stopped after [\d,]+ of 1,000,000 epochs/);
    const { tensors, metadata } = loadSafetensors(save);
    expect(Object.keys(tensors)).toHaveLength(4);
    expect(Number(metadata['epochs'])).toBeGreaterThan(0);
  });
});

test('a reader that closes the output loses nothing but the report', async () => {
  const { code, errors } = await nn(['iris', '--epochs', '50'], (child) => child.stdout!.destroy());
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(loadSafetensors(save).metadata['epochs']).toBe('50');
});

// /dev/full refuses every write, as a full disk does.
test.skipIf(process.platform !== 'linux')(
  'an output on a full disk is reported in one line, and the model is saved',
  async () => {
    const { code, errors } = await nn(['iris', '--epochs', '50'], () => {}, openSync('/dev/full', 'w'));
    expect(errors).toBe('error: the output could not be written: ENOSPC: no space left on device, write\n');
    expect(code).toBe(1);
    expect(loadSafetensors(save).metadata['epochs']).toBe('50');
  },
);
