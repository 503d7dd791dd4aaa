import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors } from '@nn/files/node';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

test('Ctrl+C ends the training, saves the model, and exits with 130', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nn-cli-'));
  try {
    const save = join(folder, 'model.safetensors');
    const words = ['--conditions=@nn/source', main, 'train', 'spiral', '--epochs', '1000000', '--save', save];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8');
    for await (const text of child.stdout) {
      const before = output;
      output += text;
      // The first progress line shows that training is under way.
      if (!before.includes('epoch ') && output.includes('epoch ')) child.kill('SIGINT');
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(130);
    expect(output).toMatch(/stopped after [\d,]+ of 1,000,000 epochs/);
    const { tensors, metadata } = loadSafetensors(save);
    expect(Object.keys(tensors)).toHaveLength(4);
    expect(Number(metadata['epochs'])).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
