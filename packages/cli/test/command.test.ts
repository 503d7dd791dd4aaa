import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { encodeSafetensors } from '@nn/files';
import { loadSafetensors } from '@nn/files/node';
import { tensor } from '@nn/tensor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../src/command.ts';
import type { Terminal } from '../src/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nn-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command in this process and returns what it writes. */
async function nn(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  let output = '';
  let errors = '';
  const terminal: Terminal = {
    write: (text) => void (output += text),
    interactive: false,
    colours: false,
    columns: 80,
  };
  const code = await run(args, terminal, (text) => void (errors += text), '1.2.3');
  return { code, output, errors };
}

test('--help lists commands, data sets and options', async () => {
  const top = await nn('--help');
  expect(top.code).toBe(0);
  expect(top.output).toContain('train');
  const train = await nn('train', '--help');
  expect(train.code).toBe(0);
  for (const task of ['spiral', 'iris', 'digits']) expect(train.output).toContain(task);
  const spiral = await nn('train', 'spiral', '--help');
  for (const text of ['--learning-rate', '--batch-size', '--force', '10000']) expect(spiral.output).toContain(text);
  for (const line of `${top.output}${train.output}${spiral.output}`.split('\n')) expect(line.length).toBeLessThan(81);
});

test('--version gives the version', async () => {
  expect(await nn('--version')).toMatchObject({ code: 0, output: '1.2.3\n' });
});

test.each([
  [['trian'], "unknown command 'trian'"],
  [['train', 'spriral'], "unknown command 'spriral'"],
  [['train', 'spiral', '--epoch', '3'], '--epochs'],
  [['train', 'spiral', '--epochs', '0'], 'It must be an integer from 1 to 4294967295.'],
  [['train', 'spiral', '--epochs', '1.5'], 'It must be an integer from 1 to 4294967295.'],
  [['train', 'spiral', '--epochs', ''], 'It must be an integer from 1 to 4294967295.'],
  [['train', 'spiral', '--neurons', '8,,8'], 'It must be an integer from 1 to 4294967295.'],
  [['train', 'spiral', '--learning-rate', '0'], 'It must be a positive number.'],
  [['train', 'spiral', '--learning-rate', 'fast'], 'It must be a positive number.'],
  [['train', 'spiral', '--decay', '-1'], 'It must be 0 or a positive number.'],
  [['train', 'spiral', '--seed', '-1'], 'It must be an integer from 0 to 4294967295.'],
  [['train', 'spiral', '--seed', '4294967296'], 'It must be an integer from 0 to 4294967295.'],
  [['train', 'spiral', 'more', '--epochs', '1'], 'too many arguments'],
  [['train', 'iris', '--picture', 'a.svg'], '--picture'],
  [['train', 'spiral', '--save', '/no/such/folder/a'], '--save /no/such/folder/a: there is no folder /no/such/folder.'],
  [['train', 'spiral', '--save', '/'], '--save /: this is a folder. Name a file in it.'],
  [['train', 'spiral', '--save', ''], '--save "": the name is empty.'],
  [['train', 'spiral', '--picture', ''], '--picture "": the name is empty.'],
  [
    ['train', 'spiral', '--save', 'm'.repeat(256)],
    'the name is too long (ENAMETOOLONG). Give a name of at most 255 bytes.',
  ],
])('%j is refused before training, with exit code 2', async (args, message) => {
  const { code, output, errors } = await nn(...args);
  expect(errors).toContain(message);
  expect(code).toBe(2);
  expect(output).toBe('');
});

test('the spiral is trained, evaluated, drawn and saved', async () => {
  const save = join(folder, 'model.safetensors');
  const picture = join(folder, 'regions.svg');
  const { code, output } = await nn('train', 'spiral', '--epochs', '300', '--save', save, '--picture', picture);
  expect(code).toBe(0);
  expect(output).toContain('spiral: 300 training rows, 300 test rows (fresh sample), seed 0');
  expect(output).toContain('network 2-64-3, 387 parameters');
  // One line per tenth of a short run.
  expect(output.match(/^epoch .*$/gm)).toHaveLength(10);
  expect(output).toMatch(/^training data {2}loss 0\.\d+ +accuracy \d+\.\d % \(\d+ of 300\)$/m);
  expect(output).toMatch(/^test data {6}loss 0\.\d+ +accuracy \d+\.\d % \(\d+ of 300\)$/m);
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
  expect(metadata).toMatchObject({
    command: 'nn train spiral',
    network: '2-64-3',
    epochs: '300',
    steps: '300',
    seed: '0',
  });
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
])('%s is learned from real data, and evaluated on held-out rows', async (task, epochs, least) => {
  const { code, output } = await nn('train', task, '--epochs', String(epochs), '--save', join(folder, 'model'));
  expect(code).toBe(0);
  const [, percentage] = /^test data .*accuracy ([\d.]+) %/m.exec(output)!;
  expect(Number(percentage) / 100).toBeGreaterThan(least);
});

test('steps that are too large end with advice, and nothing is saved', async () => {
  const save = join(folder, 'model');
  const { code, errors } = await nn('train', 'spiral', '--learning-rate', '1e38', '--epochs', '50', '--save', save);
  expect(code).toBe(2);
  expect(errors).toContain('smaller --learning-rate');
  expect(existsSync(save)).toBe(false);
});

test('a last step that is too large is found, too', async () => {
  const save = join(folder, 'model');
  const { code, errors } = await nn('train', 'spiral', '--learning-rate', '1e39', '--epochs', '1', '--save', save);
  expect(errors).toContain('a parameter is not finite in epoch 1');
  expect(code).toBe(2);
  expect(existsSync(save)).toBe(false);
});

test('a batch larger than the data is refused, with exit code 2', async () => {
  const { code, errors } = await nn('train', 'spiral', '--batch-size', '301', '--save', join(folder, 'model'));
  expect(errors).toContain('--batch-size 301: there are only 300 training rows.');
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

describe('an existing file', () => {
  const short = ['--epochs', '1'];

  test('is replaced when the same command wrote it', async () => {
    const save = join(folder, 'model');
    const picture = join(folder, 'regions.svg');
    const args = ['train', 'spiral', ...short, '--save', save, '--picture', picture];
    expect((await nn(...args)).code).toBe(0);
    expect((await nn(...args, '--seed', '3')).code).toBe(0);
    expect(loadSafetensors(save).metadata['seed']).toBe('3');
  });

  test('is replaced when version 0.1.0 of the same command wrote it', async () => {
    const save = join(folder, 'model');
    const metadata = { task: 'spiral', network: '2-64-3', epochs: '10000', seed: '0' };
    writeFileSync(save, encodeSafetensors({ bias: tensor([1]) }, { metadata }));
    expect((await nn('train', 'iris', ...short, '--save', save)).errors).toContain(
      'holds a model of "nn train spiral"',
    );
    expect((await nn('train', 'spiral', ...short, '--save', save)).code).toBe(0);
  });

  test.each([
    ['notes', 'is not a model'],
    [encodeSafetensors({ bias: tensor([1]) }), 'holds tensors of another program'],
    [
      encodeSafetensors({ bias: tensor([1]) }, { metadata: { command: 'nn train iris' } }),
      'holds a model of "nn train iris"',
    ],
  ])('of another origin is kept without --force', async (content, message) => {
    const save = join(folder, 'model');
    writeFileSync(save, content);
    const { code, output, errors } = await nn('train', 'spiral', ...short, '--save', save);
    expect(errors).toBe(
      `error: --save ${save}: the file exists and ${message}. Name another file, or add --force to replace it.\n`,
    );
    expect([code, output]).toEqual([2, '']);
    expect([...readFileSync(save)]).toEqual([...Buffer.from(content)]);
    expect((await nn('train', 'spiral', ...short, '--save', save, '--force')).code).toBe(0);
    expect(loadSafetensors(save).metadata['command']).toBe('nn train spiral');
  });

  test('in the place of the picture is kept without --force', async () => {
    const picture = join(folder, 'regions.svg');
    writeFileSync(picture, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const args = ['train', 'spiral', ...short, '--save', join(folder, 'model'), '--picture', picture];
    const { code, errors } = await nn(...args);
    expect(errors).toContain('regions.svg: the file exists and is not a picture of this command.');
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(['regions.svg']);
    expect((await nn(...args, '--force')).code).toBe(0);
  });

  test('without content is replaced', async () => {
    const save = join(folder, 'model');
    writeFileSync(save, '');
    expect((await nn('train', 'spiral', ...short, '--save', save)).code).toBe(0);
  });
});

test.skipIf(process.platform === 'win32')(
  '--save and --picture must be two files, however they are spelled',
  async () => {
    const save = join(folder, 'model');
    symlinkSync('model', join(folder, 'link'));
    symlinkSync(folder, join(folder, 'here'));
    for (const picture of [
      save,
      `${folder}/./model`,
      relative('', save),
      join(folder, 'link'),
      join(folder, 'here', 'model'),
    ]) {
      const { code, errors, output } = await nn('train', 'spiral', '--save', save, '--picture', picture);
      expect(errors).toContain('--save names the same file. Name two different files.');
      expect([code, output]).toEqual([2, '']);
    }
    expect(readdirSync(folder).toSorted()).toEqual(['here', 'link']);
  },
);

test.skipIf(process.platform === 'win32')(
  'a device is refused before training, a dangling link is followed',
  async () => {
    const { code, errors } = await nn('train', 'spiral', '--save', '/dev/null');
    expect(errors).toContain('--save /dev/null: this is a device, not a regular file.');
    expect(code).toBe(2);
    symlinkSync('model', join(folder, 'latest'));
    expect((await nn('train', 'spiral', '--epochs', '1', '--save', join(folder, 'latest'))).code).toBe(0);
    expect(loadSafetensors(join(folder, 'model')).metadata['epochs']).toBe('1');
  },
);

test('a signal stops between two steps of an epoch, and the model is saved as it is then', async () => {
  const save = join(folder, 'model');
  const stopped: Terminal = {
    // The signal arrives when the event loop runs next, which is between two steps.
    write: (text) => void (text.startsWith('digits:') && setImmediate(() => process.emit('SIGINT', 'SIGINT'))),
    interactive: false,
    colours: false,
    columns: 80,
  };
  const args = ['train', 'digits', '--epochs', '1000000', '--batch-size', '1', '--neurons', '512', '--save', save];
  expect(await run(args, stopped, () => {}, '1.2.3')).toBe(130);
  const { metadata } = loadSafetensors(save);
  expect(metadata['epochs']).toBe('0');
  expect(Number(metadata['steps'])).toBeGreaterThan(0);
  expect(Number(metadata['steps'])).toBeLessThan(1437);
});
