import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPackages } from './build-packages.ts';
import { areTheTypesWrong, pack, publint } from './packed-package.ts';
import { readmeExamples, readmeFault } from './readme-examples.ts';
import { entryPointsOf, publishedPackages, root, type WorkspacePackage } from './repository.ts';
import { runCommand } from './run-command.ts';
import { temporaryFolder } from './temporary-copy.ts';

const packages = publishedPackages();
const tarballs = new Map<string, string>();

beforeAll(() => {
  buildPackages();
  const folder = temporaryFolder();
  for (const each of packages) tarballs.set(each.manifest.name, pack(each, folder));
});

/** A new folder outside the repository, with a package installed from tarballs. */
function installed({ manifest }: WorkspacePackage): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const needed = [manifest.name, ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })];
  const files = needed.flatMap((name) => tarballs.get(name) ?? []);
  // Offline where the tarballs are enough, so that nothing else can be installed.
  const network = files.length === needed.length ? '--offline' : '--prefer-offline';
  const { code, printed } = runCommand('npm', ['install', network, '--no-audit', '--no-fund', ...files], folder);
  if (code !== 0) throw new Error(`Cannot install ${manifest.name}:\n${printed}`);
  return folder;
}

describe.each(packages.map((each) => [each.manifest.name, each] as const))('%s, packed', (name, each) => {
  test('passes publint --strict', () => {
    const { code, printed } = publint(tarballs.get(name)!);
    expect(printed).toContain('All good!');
    expect(code).toBe(0);
  });

  test('passes attw', () => {
    const { code, printed } = areTheTypesWrong(tarballs.get(name)!);
    expect(printed).toContain('node16 (from ESM)');
    expect(code, printed).toBe(0);
  });

  test('has source maps that lead to its sources', () => {
    const dist = join(each.folder, 'dist');
    const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js.map'));
    expect(maps).not.toEqual([]);
    for (const map of maps) {
      const { sources } = JSON.parse(readFileSync(join(dist, map), 'utf8')) as { readonly sources: readonly string[] };
      const lost = sources.filter(
        (source) => !/\.(ts|json)$/.test(source) || !existsSync(join(dist, dirname(map), source)),
      );
      expect(lost, map).toEqual([]);
    }
  });

  test('installs into an empty folder, and the examples of its README compile and run there', () => {
    const folder = installed(each);
    const examples = readmeExamples(readFileSync(join(each.folder, 'README.md'), 'utf8'));
    for (const example of examples) expect(readmeFault(example, folder)).toBeUndefined();

    // Every entry point can be imported, and its declarations need nothing else.
    const entryPoints = entryPointsOf(each).map(
      ({ specifier }, at) => `import * as entry${at} from '${specifier}';\nvoid entry${at};\n`,
    );
    mkdirSync(join(folder, 'examples'));
    for (const [at, text] of [...examples.map((example) => example.code), entryPoints.join('')].entries()) {
      writeFileSync(join(folder, 'examples', `${at}.ts`), text);
    }
    expect(readmeFault({ line: 1, code: entryPoints.join(''), printed: '' }, folder)).toBeUndefined();
    const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom'];
    // Only what is for Node may need the types of Node.
    const forNode = each.manifest.bin !== undefined || examples.some(({ code }) => code.includes("'node:"));
    if (forNode) settings.push('--types', 'node', '--typeRoots', join(root, 'node_modules/@types'));
    const files = examples.map((_, at) => `examples/${at}.ts`).concat(`examples/${examples.length}.ts`);
    const compiled = runCommand(join(root, 'node_modules/.bin/tsc'), [...settings, ...files], folder);
    expect(compiled.printed).toBe('');
    expect(compiled.code).toBe(0);
  });
});

test('an error in built code names the line of the source that threw it', () => {
  const program = "import { tensor } from '@nn/tensor'; tensor([1]).reshape([2]);";
  const { printed } = runCommand(
    process.execPath,
    ['--enable-source-maps', '--input-type=module', '--eval', program],
    join(root, 'packages/layers'),
  );
  const [, file, line] = /at checkSize \((\S+):(\d+):\d+\)/.exec(printed) ?? [];
  expect(file, printed).toBe(join(root, 'packages/tensor/src/shape.ts'));
  expect(readFileSync(file!, 'utf8').split('\n')[Number(line) - 1]).toContain('throw new ShapeError');
});

const commands = packages.flatMap((each) => Object.keys(each.manifest.bin ?? {}).map((command) => ({ command, each })));

test.for(commands)('the command $command, installed from tarballs, answers --help', ({ command, each }) => {
  const folder = installed(each);
  const { code, printed } = runCommand(join(folder, 'node_modules/.bin', command), ['--help'], folder);
  expect(printed).toContain(command);
  expect(code).toBe(0);
});

describe('a packed package with a fault', () => {
  test('fails publint when an entry point does not exist', () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'planted', version: '1.0.0', type: 'module', exports: './missing.js', files: ['*.js'] }),
    );
    const { code, printed } = runCommand(
      join(import.meta.dirname, '../node_modules/.bin/publint'),
      ['run', folder, '--strict', '--pack', 'false'],
      root,
    );
    expect(printed).toContain('missing.js');
    expect(code).toBe(1);
  });

  test('fails attw when an entry point has no types', () => {
    const folder = temporaryFolder();
    const entryPoint = { types: './index.d.ts', default: './index.js' };
    const manifest = {
      name: 'planted',
      version: '1.0.0',
      type: 'module',
      exports: { '.': entryPoint, './bare': './bare.js' },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'index.js'), 'export const x = 1;\n');
    writeFileSync(join(folder, 'index.d.ts'), 'export declare const x: number;\n');
    writeFileSync(join(folder, 'bare.js'), 'export const y = 2;\n');
    const { code, printed } = areTheTypesWrong(pack({ name: 'planted', folder, manifest }, folder));
    expect(printed).toContain('planted/bare');
    expect(code).toBe(1);
  });
});
