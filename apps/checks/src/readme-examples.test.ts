import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readmeExamples, readmeFault } from './readme-examples.ts';
import { publishedPackages, root } from './repository.ts';

const packages = publishedPackages();
const readmes = [
  // The README of the repository may import every package; this package depends on all of them.
  { name: 'README.md', file: join(root, 'README.md'), folder: join(import.meta.dirname, '..') },
  ...packages.map(({ name, folder }) => ({
    name: `packages/${name}/README.md`,
    file: join(folder, 'README.md'),
    folder,
  })),
].filter(({ file }) => existsSync(file));

const examples = readmes.flatMap(({ name, file, folder }) =>
  readmeExamples(readFileSync(file, 'utf8')).map((example) => ({ name: `${name}:${example.line}`, example, folder })),
);

describe.concurrent('the examples of the READMEs', () => {
  test.for(examples)('$name runs and prints what it says', ({ example, folder }) => {
    expect(readmeFault(example, folder, ['@nn/source'])).toBeUndefined();
  });

  test.for(packages)(
    'the README of @nn/$name says how to install it, and its first example prints something',
    ({ name, folder }) => {
      const text = readFileSync(join(folder, 'README.md'), 'utf8');
      expect(text).toContain(`npm install @nn/${name}`);
      // The command line is shown by its own commands.
      if (name !== 'cli') expect(readmeExamples(text)[0]?.printed).toBeDefined();
    },
  );
});

describe('a README example', () => {
  const readme = (code: string, printed: string): string =>
    `# A\n\n\`\`\`ts\n${code}\n\`\`\`\n\nprints\n\n\`\`\`text\n${printed}\n\`\`\`\n`;
  const run = (markdown: string): string | undefined => readmeFault(readmeExamples(markdown)[0]!, root);

  test('passes when it prints the text block after it', () => {
    expect(run(readme('const x: number = 1;\nconsole.log(x);', '1'))).toBeUndefined();
  });

  test('fails when it prints something else', () => {
    expect(run(readme('console.log(1);', '2'))).toBe('prints\n1\n\nand not\n2\n');
  });

  test('fails when it throws', () => {
    expect(run(readme("throw new Error('no');", ''))).toContain('Error: no');
  });

  test('does not include a text block after the next heading', () => {
    const [example] = readmeExamples('```ts\n1;\n```\n\n## Else\n\n```text\n2\n```\n');
    expect(example).toEqual({ line: 1, code: '1;\n', printed: undefined });
  });
});
