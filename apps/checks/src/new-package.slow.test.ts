import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { areTheTypesWrong, pack, publint, runCommand, type Outcome } from './packed-package.ts';
import { publishedPackages } from './repository.ts';
import { temporaryCopy, temporaryFolder } from './temporary-copy.ts';

let copy: string;
let made: Outcome;

const run = (command: string, ...settings: string[]): Outcome =>
  runCommand(join(copy, 'node_modules/.bin', command), settings, copy);

describe('pnpm run new-package image-filters, in a copy of the repository', () => {
  beforeAll(() => {
    copy = temporaryCopy();
    made = runCommand(process.execPath, ['apps/checks/src/new-package.ts', 'image-filters'], copy);
  });

  test('makes the package and its changeset', () => {
    expect(made.code, made.printed).toBe(0);
    expect(existsSync(join(copy, 'packages/image-filters/package.json'))).toBe(true);
    expect(existsSync(join(copy, '.changeset/new-image-filters.md'))).toBe(true);
  });

  test.each([
    ['builds', ['turbo', 'run', 'build', '--filter=@nn/image-filters']],
    ['typechecks', ['turbo', 'run', 'typecheck', '--filter=@nn/image-filters']],
    ['is clean to the linter', ['oxlint', '--type-aware', '--deny-warnings', 'packages/image-filters']],
    ['is formatted', ['oxfmt', '--check', 'packages/image-filters']],
    ['keeps the boundaries', ['turbo', 'boundaries', '--filter=@nn/image-filters']],
    ['passes its own tests', ['vitest', 'run', 'packages/image-filters']],
    ['passes the checks on every package', ['vitest', 'run', 'apps/checks', '-t', 'image-filters']],
  ] as const)('it %s', (_, [command, ...settings]) => {
    const { code, printed } = run(command, ...settings);
    expect(code, printed).toBe(0);
  });

  test('it packs clean', () => {
    const each = publishedPackages(copy).find(({ name }) => name === 'image-filters')!;
    const tarball = pack(each, temporaryFolder());
    for (const { code, printed } of [publint(tarball), areTheTypesWrong(tarball)]) expect(code, printed).toBe(0);
  });

  test('a second one of the same name is refused', () => {
    const { code, printed } = runCommand(process.execPath, ['apps/checks/src/new-package.ts', 'image-filters'], copy);
    expect(printed).toContain('"image-filters" is taken: packages/image-filters is there already.');
    expect(code).toBe(2);
  });
});
