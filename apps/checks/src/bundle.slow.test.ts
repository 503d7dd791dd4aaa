import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPackages } from './build-packages.ts';
import { bundle, declaredNames } from './bundle.ts';
import { exportHomes } from './export-homes.ts';
import { reachableFiles } from './reachable-files.ts';
import { entryPointsOf, publishedPackages } from './repository.ts';

beforeAll(buildPackages);

const folder = join(import.meta.dirname, '..');

describe.each(['activations', 'losses'])('@nn/%s', (name) => {
  const each = publishedPackages().find((other) => other.name === name)!;
  const homes = exportHomes(entryPointsOf(each)[0]!.source);

  test('exports functions', () => {
    expect(homes.size).toBeGreaterThan(0);
  });

  test.for([...homes])('%s bundles no other function of the package that it does not use', async ([own, home]) => {
    const used = reachableFiles(home);
    const others = [...homes].filter(([other, file]) => other !== own && !used.has(file)).map(([other]) => other);
    const { readable } = await bundle(`import { ${own} } from '@nn/${name}';\nconsole.log(${own});\n`, folder, [
      '@nn/tensor',
    ]);
    expect(declaredNames(readable, [own])).toEqual([own]);
    expect(declaredNames(readable, others)).toEqual([]);
  });
});

test('a bundled function is found', async () => {
  const { readable } = await bundle('function relu() {}\nfunction tanh() {}\nconsole.log(relu, tanh);\n', folder);
  expect(declaredNames(readable, ['relu', 'tanh', 'swish'])).toEqual(['relu', 'tanh']);
});

test('a function that nobody calls is not bundled', async () => {
  const { readable } = await bundle('function relu() {}\nfunction tanh() {}\nconsole.log(relu);\n', folder);
  expect(declaredNames(readable, ['relu', 'tanh'])).toEqual(['relu']);
});
