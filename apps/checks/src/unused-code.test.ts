import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './repository.ts';
import { runCommand } from './run-command.ts';
import { temporaryCopy } from './temporary-copy.ts';

test('knip finds a file and an export that nobody uses', () => {
  const copy = temporaryCopy();
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'packages/losses/src/planted-file.ts'), 'export const planted: number = 1;\n');
  appendFileSync(join(copy, 'packages/losses/src/mean-squared-error.ts'), 'export const plantedExport: number = 1;\n');
  const settings = ['--no-config-hints', '--directory', copy, '--include', 'files,exports'];
  const { code, printed } = runCommand(join(root, 'node_modules/.bin/knip'), settings, copy);
  expect(printed).toContain('packages/losses/src/planted-file.ts');
  expect(printed).toMatch(/plantedExport +packages\/losses\/src\/mean-squared-error\.ts/);
  expect(code).toBe(1);
});
