import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { docstringExamples, exampleFault } from './docstring-examples.ts';
import { entryPointsOf, isTest, publishedPackages, root, sourceFiles, type WorkspacePackage } from './repository.ts';

type Names = Readonly<Record<string, unknown>>;

/** All exports of the packages. Where names are equal, the later package wins. */
async function exportsOf(packages: readonly WorkspacePackage[]): Promise<Names> {
  const entryPoints = packages.flatMap((each) => entryPointsOf(each));
  return Object.assign({}, ...(await Promise.all(entryPoints.map(({ source }) => import(source))))) as Names;
}

const packages = publishedPackages();
const everything = await exportsOf(packages);

for (const each of packages) {
  const folder = join(each.folder, 'src');
  const documented = sourceFiles(folder)
    .filter((file) => !isTest(file))
    .map((file) => ({ path: join(folder, file), code: readFileSync(join(folder, file), 'utf8') }))
    .map(({ path, code }) => ({ path, examples: docstringExamples(path, code) }))
    .filter(({ examples }) => examples.length > 0);

  describe.skipIf(documented.length === 0)(`the examples of ${each.manifest.name}`, () => {
    describe.each(documented)('$path', ({ path, examples }) => {
      test.for(examples)('line $line: $expression', async (example) => {
        // Where two packages export the same name, its own file comes first, then its own package.
        const own = (await import(path)) as Names;
        expect(await exampleFault(example, { ...everything, ...(await exportsOf([each])), ...own })).toBeUndefined();
      });
    });
  });
}

test('docstrings with examples are found', () => {
  const folder = join(root, 'packages/tensor/src');
  const [example] = docstringExamples('erf.ts', readFileSync(join(folder, 'numbers/float32.ts'), 'utf8'));
  expect(example?.printed).toBeDefined();
});

describe('an example in a docstring', () => {
  const run = async (docstring: string): Promise<string | undefined> => {
    const [example] = docstringExamples('planted.ts', `/**\n${docstring}\n */\nexport const planted = 1;\n`);
    return exampleFault(example!, { double: (x: number) => 2 * x, run: 'a name that is taken' });
  };

  test('passes when its result is the expected one', async () => {
    expect(await run(' * @example double(2)   // 4')).toBeUndefined();
  });

  test('fails when its result is another', async () => {
    expect(await run(' * @example double(2)   // 5')).toBe('double(2) gives\n4\nand not\n5');
  });

  test('fails when it throws', async () => {
    expect(await run(' * @example triple(2)   // 6')).toBe('triple(2) throws ReferenceError: triple is not defined');
  });

  test('fails when it has no expected result', async () => {
    expect(await run(' * @example double(2)')).toContain('does not say what it gives');
    expect(await run(' * @example')).toContain('does not say what it gives');
  });

  test('may have statements before its last expression, types, and await', async () => {
    const lines = [
      ' * @example',
      ' * const x: number = 3;',
      ' * await null;',
      ' * double(x)   // 6',
      ' * @see nothing',
    ];
    expect(await run(lines.join('\n'))).toBeUndefined();
  });

  test('may print several lines', async () => {
    expect(await run(" * @example ['a', 'b'].join('\\n')   // a\n *                            // b")).toBeUndefined();
    expect(await run(" * @example ['a', 'b'].join('\\n')   // a\\nb")).toBeUndefined();
  });

  test('may write an object as console.log does', async () => {
    expect(await run(' * @example ({ x: double(1) })   // { x: 2 }')).toBeUndefined();
  });

  test('is reported with its line', () => {
    const [example] = docstringExamples(
      'planted.ts',
      'const a = 1;\n/**\n * Words.\n *\n * @example a   // 1\n */\nlet b;',
    );
    expect(example?.line).toBe(5);
  });
});
