import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './repository.ts';
import { temporaryFolder } from './temporary-copy.ts';

/** The last line that a run of the given test files prints. */
function lastLine(files: Readonly<Record<string, string>>): string | undefined {
  const folder = temporaryFolder();
  const reporter = join(import.meta.dirname, 'closing-line.ts');
  const config = `import { ClosingLine } from ${JSON.stringify(reporter)};
export default { test: { globals: true, reporters: [new ClosingLine()] } };
`;
  writeFileSync(join(folder, 'vitest.config.mts'), config);
  mkdirSync(join(folder, 'test'));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, 'test', `${name}.test.ts`), code);
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--root', folder], { encoding: 'utf8' });
  return stdout.trimEnd().split('\n').at(-1);
}

test('a file that cannot be parsed and an error outside any test count as failed', () => {
  const counted = `
    test('passes', () => {});
    test('passes too', () => {});
    test('fails', () => { throw new Error('planted'); });
    test.skip('is skipped', () => {});
  `;
  const loose = "test('passes', async () => { void Promise.reject(new Error('loose')); await null; });";
  expect(lastLine({ counted, loose, broken: 'this is no code' })).toBe('3 passed, 3 failed, 1 skipped');
});

test('a run without tests counts as failed', () => {
  expect(lastLine({})).toBe('0 passed, 1 failed');
});
