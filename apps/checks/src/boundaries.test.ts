import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { root } from './repository.ts';
import { temporaryCopy } from './temporary-copy.ts';

let copy: string;

/** Runs `turbo boundaries` on the copy. */
function boundaries(): { readonly code: number | null; readonly printed: string } {
  const turbo = join(root, 'node_modules/.bin/turbo');
  const { status, stdout, stderr } = spawnSync(turbo, ['boundaries', '--cwd', copy], {
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  });
  return { code: status, printed: stdout + stderr };
}

describe('turbo boundaries', () => {
  beforeAll(() => {
    copy = temporaryCopy();
  });

  afterEach(() => {
    rmSync(join(copy, 'packages/losses/src/planted.ts'), { force: true });
    writeFileSync(
      join(copy, 'packages/losses/package.json'),
      readFileSync(join(root, 'packages/losses/package.json'), 'utf8'),
    );
  });

  test('finds no fault in the repository, and reads its files', () => {
    const { code, printed } = boundaries();
    expect(printed).toMatch(/Checked \d{2,} files in \d{2,} packages, no issues found/);
    expect(code).toBe(0);
  });

  test.each([
    ['another part', "import { relu } from '@nn/activations';", 'cannot import package `@nn/activations`'],
    ['a type of another part', "import type { Layer } from '@nn/layers';", 'cannot import package `@nn/layers`'],
    ['a package that is not declared', "import pad from 'left-pad';", 'cannot import package `left-pad`'],
    ['a file of another part', "import { relu } from '../../activations/src/index.ts';", 'leaves the package'],
  ])('finds an import of %s, planted in a part', (_, code, found) => {
    writeFileSync(join(copy, 'packages/losses/src/planted.ts'), `${code}\n`);
    const { code: exit, printed } = boundaries();
    expect(printed).toContain(found);
    expect(exit).toBe(1);
  });

  test.each(['dependencies', 'devDependencies'])('finds another part declared in the %s of a part', (field) => {
    const file = join(copy, 'packages/losses/package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
    manifest[field] = { ...manifest[field], '@nn/activations': 'workspace:^' };
    writeFileSync(file, JSON.stringify(manifest));
    const { code, printed } = boundaries();
    expect(printed).toContain('Package `@nn/activations` found without any tag listed in allowlist for');
    expect(code).toBe(1);
  });
});
