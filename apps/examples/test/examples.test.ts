import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A number that a program prints, and the least or most that it may be. */
interface Figure {
  /** The words before the number, at the start of a line. */
  readonly after: string;
  readonly least?: number;
  readonly most?: number;
}

/** The figures in the README, with room for other rounding. */
const programs: Readonly<Record<string, readonly Figure[]>> = {
  'logistic-regression': [
    { after: 'accuracy', least: 0.92 },
    { after: 'accuracy on new points', least: 0.88 },
  ],
  'sine-regression': [
    { after: 'loss', most: 1e-5 },
    { after: 'accuracy', least: 0.9 },
  ],
  dropout: [{ after: 'accuracy on new points', least: 0.7 }],
  regularization: [
    { after: 'no penalty  accuracy', least: 0.95 },
    { after: 'L1 0.0005   accuracy', least: 0.93 },
  ],
  'digits-convolution': [{ after: 'accuracy on held-back images', least: 0.985 }],
  // The means of ten networks of scikit-learn 1.2.1, MLPClassifier((100,), max_iter=1000), on the same splits.
  tables: [
    { after: 'iris           accuracy on held-back rows', least: 0.9421 },
    { after: 'wine           accuracy on held-back rows', least: 0.9844 },
    { after: 'breast cancer  accuracy on held-back rows', least: 0.9783 },
  ],
  population: [
    { after: 'accuracy on held-back rows', least: 0.965 },
    { after: 'largest difference of a loss from that of its network alone', most: 1e-4 },
  ],
  'gru-addition': [
    { after: 'right sums of 8 digits', least: 0.99 },
    { after: 'right sums of 32 digits', least: 0.95 },
  ],
  'lstm-sine': [
    { after: 'loss', most: 0.016 },
    { after: 'error over the next period', most: 0.06 },
  ],
  'transformer-reversal': [{ after: 'accuracy on new sequences', least: 0.99 }],
};

const folder = new URL('../src/', import.meta.url);

/** Runs the program that lists and runs the examples. */
function run(...args: readonly string[]) {
  const main = fileURLToPath(new URL('main.ts', folder));
  return spawnSync(process.execPath, ['--conditions=@nn/source', main, ...args], { encoding: 'utf8' });
}

test('every program has figures that are checked', () => {
  const files = readdirSync(folder).filter((file) => file !== 'main.ts');
  expect(files.map((file) => file.slice(0, -3)).toSorted()).toEqual(Object.keys(programs).toSorted());
});

test.each(Object.entries(programs))('%s reaches its figures', (name, figures) => {
  const { stdout, stderr } = run(name);
  expect(stderr).toBe('');
  for (const { after, least = -Infinity, most = Infinity } of figures) {
    const line = stdout
      .split('\n')
      .find((each) => each.startsWith(`${after} `) && /^ *[\d.]/.test(each.slice(after.length)));
    const number = Number.parseFloat(line?.slice(after.length) ?? '');
    expect(number, `${after}\n${stdout}`).toBeGreaterThanOrEqual(least);
    expect(number, `${after}\n${stdout}`).toBeLessThanOrEqual(most);
  }
});

test('without a name all are listed; an unknown name is refused', () => {
  const listed = run();
  expect(listed.status).toBe(0);
  for (const name of Object.keys(programs)) expect(listed.stdout).toContain(`  ${name} `);
  const refused = run('nothing');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('There is no example nothing.');
});
