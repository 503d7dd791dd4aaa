import { describe, expect, test } from 'vitest';
import { stripTypes } from './strip-types.ts';

describe('a cell without its types', () => {
  test('keeps its lines, so that error lines match the code that the reader sees', () => {
    const source =
      "import {\n  relu,\n  tanh as activation,\n} from '@nn/activations';\nconst x: number = 1;\nthrow new Error();";
    const { code } = stripTypes(source);
    expect(code.split('\n')).toHaveLength(6);
    expect(code.split('\n')[5]).toContain('throw');
  });

  test('reads its imports from the modules: named, renamed and namespace imports', () => {
    const source = "import { a as b } from 'one';\nimport * as two from 'two';";
    const { code, imports } = stripTypes(source);
    expect(imports).toEqual(['one', 'two']);
    expect(code).toContain('const { a : b } = modules["one"];');
    expect(code).toContain('const two = modules["two"];');
  });

  test('keeps unused value imports, which later cells may use, and drops type imports', () => {
    const { code, imports } = stripTypes(
      "import { relu, type Extra } from '@nn/activations';\nimport type { Tensor } from '@nn/tensor';",
    );
    expect(imports).toEqual(['@nn/activations']);
    expect(code).toMatch(/const \{ relu,? *\} = modules/);
  });

  test.each(["import relu from '@nn/activations';", "import '@nn/activations';", 'export const x = 1;'])(
    'refuses %s and names the supported forms',
    (source) => {
      expect(() => stripTypes(source)).toThrow('A cell can only use imports of the form import { name }');
    },
  );

  test('refuses invalid TypeScript', () => {
    expect(() => stripTypes('const = 1;')).toThrow(SyntaxError);
  });
});
