import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle, declaredNames } from './bundle.ts';
import { exportHomes } from './export-homes.ts';
import { runCommand } from './packed-package.ts';
import { reachableFiles } from './reachable-files.ts';
import { doorsOf, publishedPackages, root } from './repository.ts';
import { trainingProgram } from './training-program.ts';

beforeAll(() => {
  const built = runCommand('pnpm', ['run', 'build'], root);
  if (built.code !== 0) throw new Error(built.printed);
});

const kilobyte = 1000;

describe('what travels to the user', () => {
  test.for([
    {
      name: 'the core with one activation',
      budget: 11 * kilobyte,
      program: `
        import { tensor } from '@nn/tensor';
        import { relu } from '@nn/activations';
        console.log(String(relu(tensor([-1, 1]))));
      `,
    },
    {
      name: 'eager training of an MLP',
      budget: 17 * kilobyte,
      program: trainingProgram(),
    },
    {
      name: 'compiled training of an MLP',
      budget: 36 * kilobyte,
      program: trainingProgram('@nn/tensor/wasm'),
    },
  ])('$name weighs at most $budget bytes, gzipped', async ({ name, budget, program }) => {
    const { gzip, readable } = await bundle(program);
    // Only what runs is worth weighing.
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
      input: readable,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    console.log(`${name}: ${gzip} bytes (gzip), at most ${budget}`);
    expect(gzip).toBeLessThanOrEqual(budget);
  });
});

describe.each(['activations', 'losses'])('@nn/%s', (name) => {
  const each = publishedPackages().find((other) => other.name === name)!;
  const homes = exportHomes(doorsOf(each)[0]!.source);

  test('exports functions', () => {
    expect(homes.size).toBeGreaterThan(0);
  });

  test.for([...homes])('%s brings no other function of the package that it does not use', async ([own, home]) => {
    const used = reachableFiles(home);
    const others = [...homes].filter(([other, file]) => other !== own && !used.has(file)).map(([other]) => other);
    const { readable } = await bundle(`import { ${own} } from '@nn/${name}';\nconsole.log(${own});\n`, ['@nn/tensor']);
    expect(declaredNames(readable, [own])).toEqual([own]);
    expect(declaredNames(readable, others)).toEqual([]);
  });
});

test('a function that is brought along is seen', async () => {
  const { readable } = await bundle('function relu() {}\nfunction tanh() {}\nconsole.log(relu, tanh);\n');
  expect(declaredNames(readable, ['relu', 'tanh', 'swish'])).toEqual(['relu', 'tanh']);
});

test('a function that nobody calls stays behind', async () => {
  const { readable } = await bundle('function relu() {}\nfunction tanh() {}\nconsole.log(relu);\n');
  expect(declaredNames(readable, ['relu', 'tanh'])).toEqual(['relu']);
});
