import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from './repository.ts';
import { runCommand } from './run-command.ts';
import { temporaryCopy } from './temporary-copy.ts';

let copy: string;

describe('the linter', () => {
  beforeAll(() => {
    copy = temporaryCopy();
    writeFileSync(join(copy, 'packages/losses/src/other.ts'), "export { planted as other } from './planted.ts';\n");
  });

  test.each([
    ['a default export', 'export default 1;', 'import(no-default-export)'],
    ['a cycle of imports', "import { other } from './other.ts';\nexport const planted = other;", 'import(no-cycle)'],
    [
      'Node in a library',
      "import { arch } from 'node:os';\nexport const planted = arch();",
      'import(no-nodejs-modules)',
    ],
    ['any', 'export const planted: any = 1;', 'typescript(no-explicit-any)'],
    ['a silenced error', '// @ts-ignore\nexport const planted: string = 1;', 'typescript(ban-ts-comment)'],
    ['code from a string', "export const planted: unknown = new Function('1');", 'eslint(no-new-func)'],
    ['printing in a library', "console.log('planted');\nexport const planted = 1;", 'eslint(no-console)'],
  ])('finds %s', (_, code, rule) => {
    const file = join(copy, 'packages/losses/src/planted.ts');
    writeFileSync(file, `${code}\n`);
    const { code: exit, printed } = runCommand(join(root, 'node_modules/.bin/oxlint'), ['--format=unix', file], copy);
    expect(printed).toContain(rule);
    expect(exit).toBe(1);
  });
});
