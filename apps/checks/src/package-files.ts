/** The files of a new part, by path from its folder: what every package has, and one function to start from. */
export function packageFiles(name: string, license: string): ReadonlyMap<string, string> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    [
      'package.json',
      json({
        name: `@nn/${name}`,
        version: '0.0.0',
        description: description(name),
        license: 'MIT',
        type: 'module',
        sideEffects: false,
        exports: {
          '.': { '@nn/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
          './package.json': './package.json',
        },
        files: ['dist', 'src', '!src/**/*.test.ts', '!src/**/*.test-d.ts', '!src/**/*.bench.ts', 'CHANGELOG.md'],
        engines: { node: '>=22.12' },
        scripts: {
          build: 'tsup --config ../../tsup.config.ts && tsc -p tsconfig.build.json',
          typecheck: 'tsc -p tsconfig.json',
        },
        peerDependencies: { '@nn/tensor': 'workspace:^' },
        devDependencies: {
          '@nn/tensor': 'workspace:^',
          '@types/node': 'catalog:',
          tsup: 'catalog:',
          typescript: 'catalog:',
          vitest: 'catalog:',
        },
        publishConfig: { access: 'public' },
      }),
    ],
    ['turbo.json', json({ extends: ['//'], tags: ['part'] })],
    [
      'tsconfig.json',
      json({
        extends: '../../tsconfig.base.json',
        compilerOptions: { noEmit: true, types: ['node'] },
        include: ['src', 'test', 'bench'],
      }),
    ],
    [
      'tsconfig.build.json',
      json({
        extends: '../../tsconfig.base.json',
        compilerOptions: { customConditions: [], rootDir: 'src', outDir: 'dist', emitDeclarationOnly: true },
        include: ['src'],
        exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts', 'src/**/*.bench.ts'],
      }),
    ],
    ['LICENSE', license],
    ['README.md', readme(name)],
    ['src/index.ts', "export { unchanged } from './unchanged.ts';\n"],
    ['src/unchanged.ts', source],
    ['src/unchanged.test.ts', test],
  ]);
}

/** The changeset that announces a new package. */
export function packageChangeset(name: string): string {
  return `---\n'@nn/${name}': minor\n---\n\nA new package, \`@nn/${name}\`.\n`;
}

function description(name: string): string {
  return `A part of nn: ${name.replaceAll('-', ' ')}`;
}

function readme(name: string): string {
  return `# @nn/${name}

${description(name)}.

\`\`\`sh
npm install @nn/${name} @nn/tensor
\`\`\`

\`\`\`ts
import { tensor } from '@nn/tensor';
import { unchanged } from '@nn/${name}';

const x = tensor([1, 2, 3]);
console.log(String(unchanged(x)));
\`\`\`

\`\`\`text
[1. 2. 3.]
\`\`\`
`;
}

const source = `import type { Tensor } from '@nn/tensor';

/**
 * Gives a tensor back as it is: the place to start from.
 *
 *   y = x
 *
 * @param x  any shape
 * @returns  x itself
 * @example String(unchanged(tensor([1, 2])))   // [1. 2.]
 */
export function unchanged(x: Tensor): Tensor {
  return x;
}
`;

const test = `import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { unchanged } from './unchanged.ts';

test('a tensor comes back as it is', () => {
  const x = tensor([1, 2, 3]);
  expect(unchanged(x)).toBe(x);
});
`;
