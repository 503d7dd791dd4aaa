import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors } from '@nn/files/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../src/command.ts';
import type { Terminal } from '../src/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nn-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command in this process and keeps what it says. */
async function nn(...words: string[]): Promise<{ code: number; output: string; errors: string }> {
  let output = '';
  let errors = '';
  const terminal: Terminal = {
    write: (text) => void (output += text),
    interactive: false,
    colours: false,
    columns: 80,
  };
  const code = await run(words, terminal, (text) => void (errors += text), '1.2.3');
  return { code, output, errors };
}

test('--help tells what there is, at every level', async () => {
  const top = await nn('--help');
  expect(top.code).toBe(0);
  expect(top.output).toContain('train');
  const train = await nn('train', '--help');
  expect(train.code).toBe(0);
  for (const task of ['spiral', 'iris', 'digits']) expect(train.output).toContain(task);
  const spiral = await nn('train', 'spiral', '--help');
  expect(spiral.output).toContain('--learning-rate');
  expect(spiral.output).toContain('10000');
});

test('--version tells the version', async () => {
  expect(await nn('--version')).toMatchObject({ code: 0, output: '1.2.3\n' });
});

test.each([
  [['trian'], "unknown command 'trian'"],
  [['train', 'spriral'], "unknown command 'spriral'"],
  [['train', 'spiral', '--epoch', '3'], '--epochs'],
  [['train', 'spiral', '--epochs', '0'], 'whole number from 1 on'],
  [['train', 'spiral', '--epochs', '1.5'], 'whole number from 1 on'],
  [['train', 'spiral', '--epochs', ''], 'whole number from 1 on'],
  [['train', 'spiral', '--neurons', '8,,8'], 'whole number from 1 on'],
  [['train', 'spiral', '--learning-rate', '0'], 'number above 0'],
  [['train', 'spiral', '--learning-rate', 'fast'], 'number above 0'],
  [['train', 'spiral', '--decay', '-1'], 'number from 0 on'],
  [['train', 'spiral', '--seed', '-1'], 'whole number from 0 on'],
  [['train', 'spiral', '--batch', '301', '--epochs', '1'], 'only 300 rows'],
  [['train', 'spiral', 'more', '--epochs', '1'], 'too many arguments'],
  [['train', 'iris', '--picture', 'a.svg'], '--picture'],
  [['train', 'spiral', '--save', '/no/such/folder/a.safetensors'], 'no folder'],
  [['train', 'spiral', '--save', '/'], 'is a folder'],
])('%j is refused in words, with exit code 2', async (words, message) => {
  const { code, output, errors } = await nn(...words);
  expect(errors).toContain(message);
  expect(code).toBe(2);
  expect(output).toBe('');
});

test('the spiral is trained, judged, drawn and saved', async () => {
  const save = join(folder, 'model.safetensors');
  const picture = join(folder, 'regions.svg');
  const { code, output } = await nn('train', 'spiral', '--epochs', '300', '--save', save, '--picture', picture);
  expect(code).toBe(0);
  expect(output).toContain('spiral: 300 rows to train on, 300 to test (second draw), seed 0');
  expect(output).toContain('network 2-64-3, 387 parameters');
  // One line per tenth of a short run, and the numbers come out the same on every machine to the digits shown.
  expect(output.match(/^epoch .*$/gm)).toHaveLength(10);
  expect(output).toMatch(/^training data {2}loss 0\.\d+ +accuracy \d+\.\d % \(\d+ of 300\)$/m);
  expect(output).toMatch(/^second draw {4}loss 0\.\d+ +accuracy \d+\.\d % \(\d+ of 300\)$/m);
  expect(output).toMatch(/^[.o#]{60}$/m);
  expect(readFileSync(picture, 'utf8')).toMatch(/^<svg .*<path d="M[\d .LMZ]+" fill="#0072b2"/s);
  const { tensors, metadata } = loadSafetensors(save);
  expect(Object.entries(tensors).map(([name, { shape }]) => [name, shape])).toEqual(
    expect.arrayContaining([
      ['0.weight', [2, 64]],
      ['0.bias', [64]],
      ['2.weight', [64, 3]],
      ['2.bias', [3]],
    ]),
  );
  expect(metadata).toMatchObject({ task: 'spiral', network: '2-64-3', epochs: '300', seed: '0' });
  expect(readdirSync(folder).sort()).toEqual(['model.safetensors', 'regions.svg']);
});

test('the same seed gives the same model, another seed another one', async () => {
  const trained = async (name: string, seed: string): Promise<Buffer> => {
    const save = join(folder, name);
    await nn('train', 'spiral', '--epochs', '20', '--seed', seed, '--save', save);
    return readFileSync(save);
  };
  const first = await trained('a', '3');
  expect(await trained('b', '3')).toEqual(first);
  expect(await trained('c', '4')).not.toEqual(first);
});

test.each([
  ['iris', 100, 0.9],
  ['digits', 6, 0.9],
])('%s is learned from real data, and judged by rows that were held back', async (task, epochs, least) => {
  const { code, output } = await nn('train', task, '--epochs', String(epochs), '--save', join(folder, 'model'));
  expect(code).toBe(0);
  const [, share] = /^held back .*accuracy ([\d.]+) %/m.exec(output)!;
  expect(Number(share) / 100).toBeGreaterThan(least);
});

test('steps that are too large end with a word of advice, and nothing is saved', async () => {
  const save = join(folder, 'model');
  const { code, errors } = await nn('train', 'spiral', '--learning-rate', '1e38', '--epochs', '50', '--save', save);
  expect(code).toBe(2);
  expect(errors).toContain('smaller --learning-rate');
  expect(existsSync(save)).toBe(false);
});
