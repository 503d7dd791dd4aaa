import { readdirSync, readFileSync } from 'node:fs';
import { randomState, type Tensor, zeros } from '@nn/tensor';
import { expect, expectTypeOf, test } from 'vitest';
import { counts } from '../test/toy-golden.ts';
import { breastCancer } from './breast-cancer.ts';
import { digits } from './digits.ts';
import * as datasets from './index.ts';
import { iris } from './iris.ts';
import { wine } from './wine.ts';

/** The names of a module's value imports, followed through the files of the package. */
function reachable(file: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(new URL(file, import.meta.url), 'utf8');
  for (const [, path] of code.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.\/[^']+)'/gm)) {
    reachable(new URL(path!, new URL(file, import.meta.url)).href, found);
  }
  return found;
}

test('the entry point @nn/datasets imports no measured data', () => {
  const tables = readdirSync(new URL('./tables', import.meta.url)).map(
    (name) => new URL(`./tables/${name}`, import.meta.url).href,
  );
  expect(tables).toHaveLength(4);
  expect(tables.filter((table) => reachable(new URL('./index.ts', import.meta.url).href).has(table))).toEqual([]);
  // The search finds tables: each of the other entry points imports exactly its own.
  for (const name of ['iris', 'wine', 'breast-cancer', 'digits']) {
    const brought = reachable(new URL(`./${name}.ts`, import.meta.url).href);
    expect(tables.filter((table) => brought.has(table))).toEqual([
      new URL(`./tables/${name}.ts`, import.meta.url).href,
    ]);
  }
});

test('every case of the recorded file is replayed by the test of its function', () => {
  expect(counts()).toEqual({
    make_moons: 6,
    make_circles: 6,
    make_blobs: 8,
    make_classification: 9,
    make_regression: 6,
    make_swiss_roll: 6,
    make_s_curve: 6,
    train_test_split: 21,
    KFold: 6,
    StratifiedKFold: 9,
    shuffle: 3,
    StandardScaler: 7,
    MinMaxScaler: 7,
  });
  const tests = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('');
  for (const op of Object.keys(counts())) expect(tests).toMatch(new RegExp(`cases(Of|InBothPrecisions)\\('${op}'\\)`));
});

test('everything that is exported is a function', () => {
  expect(Object.values(datasets).every((each) => typeof each === 'function')).toBe(true);
});

// It takes no options.
const { labelEncoder: _, ...withOptions } = datasets;
const published = { iris, wine, breastCancer, digits };
const ofData = new Set(['batches', 'kFold', 'shuffle', 'stratifiedKFold', 'trainTestSplit']);

test.each(Object.entries({ ...withOptions, ...published }))(
  '%s refuses options that it does not know',
  (name, make) => {
    const data = { x: zeros([6, 2]), y: zeros([6], { dtype: 'int32' }) };
    const options = { random: randomState(0), bogus: 1 };
    if (name in published || /Scaler|Encoder|imputer/.test(name)) delete (options as { random?: unknown }).random;
    const call = make as (...args: unknown[]) => unknown;
    const attempt = (): unknown => call(...(ofData.has(name) ? [data, options] : [options]));
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(`Unknown option 'bogus' of ${name}. It takes `);
  },
);

test('standardScaler().fit refuses options that it does not know', () => {
  const fit = datasets.standardScaler().fit as (x: Tensor, options: object) => unknown;
  expect(() => fit(zeros([2, 2]), { weight: 1 })).toThrow(
    new TypeError("Unknown option 'weight' of standardScaler.fit. It takes weights. Did you mean weights?"),
  );
});

test('a data set without its options says what to write', () => {
  expect(() => (datasets.spiral as () => unknown)()).toThrow(
    new TypeError('spiral: options must be an object, got undefined. Write { samples: … } with names.'),
  );
});

test('the types tell the columns, and any number of rows', () => {
  const random = randomState(0);
  const { x, y } = datasets.spiral({ samples: 2, random });
  expectTypeOf(x).toEqualTypeOf<Tensor<[number, 2]>>();
  expectTypeOf(y).toEqualTypeOf<Tensor<[number]>>();
  const flowers = iris();
  expectTypeOf(flowers.x).toEqualTypeOf<Tensor<[150, 4]>>();
  const { train } = datasets.trainTestSplit(flowers, { test: 0.2, random });
  expectTypeOf(train.x).toEqualTypeOf<Tensor<[number, 4]>>();
  const [part] = datasets.batches({ x: zeros([6, 3, 2]), y: zeros([6]) }, { size: 2 });
  expectTypeOf(part!.x).toEqualTypeOf<Tensor<[number, 3, 2]>>();
  expect([train.x.shape, part!.x.shape]).toEqual([
    [120, 4],
    [2, 3, 2],
  ]);
});
