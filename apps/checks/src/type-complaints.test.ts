import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { root } from './repository.ts';
import { checkComplaints } from './type-complaints.ts';

const types = join(root, 'apps/checks/types');

describe('shapes in the types', () => {
  test('good lines compile, and bad lines fail with a clear message', () => {
    const { files, expected, faults } = checkComplaints(types, /^(packages\/\w+|apps\/integration)\/types\/[^/]+\.ts$/);
    expect(faults).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'apps/integration/types/network.ts',
        'packages/layers/types/sequential.ts',
        'packages/tensor/types/broadcast.ts',
        'packages/tensor/types/matmul.ts',
        'packages/tensor/types/reshape.ts',
        'packages/tensor/types/unknown.ts',
      ]),
    );
    expect(expected).toBeGreaterThan(40);
  });

  describe('of a planted file', () => {
    let folder: string | undefined;

    afterEach(() => {
      if (folder) rmSync(folder, { recursive: true });
    });

    /** The faults of a planted file. */
    function faultsOf(code: string): readonly string[] {
      folder = mkdtempSync(join(types, 'planted-'));
      writeFileSync(join(folder, 'planted.ts'), `import { zeros } from '@nn/tensor';\n${code}\n`);
      writeFileSync(
        join(folder, 'tsconfig.json'),
        '{ "extends": "../../../../tsconfig.base.json", "compilerOptions": { "noEmit": true }, "include": ["planted.ts"] }',
      );
      return checkComplaints(folder, /planted\.ts$/).faults.map((fault) =>
        fault.replace(/^.*planted\.ts/, 'planted.ts'),
      );
    }

    test('an unexpected error is found', () => {
      expect(faultsOf('zeros([3, 4]).add(zeros([3, 5]));')).toEqual([
        expect.stringMatching(/^planted\.ts:2 should compile, but: .*Cannot broadcast \[3, 4\] with \[3, 5\]/),
      ]);
    });

    test('a missing error is found', () => {
      expect(faultsOf('// ✗ Cannot broadcast\nzeros([3, 4]).add(zeros([3, 4]));')).toEqual([
        'planted.ts:3 should fail with: Cannot broadcast',
      ]);
    });

    test('an error with another message is found', () => {
      expect(faultsOf('// ✗ Cannot multiply\nzeros([3, 4]).add(zeros([3, 5]));')).toHaveLength(2);
    });
  });
});
