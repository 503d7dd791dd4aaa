import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encode, moduleOf, tables } from '../data/encode.ts';
import { breastCancer } from './breast-cancer.ts';
import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { wine } from './wine.ts';

const loaders = { 'iris.csv': iris, 'wine.csv': wine, 'breast-cancer.csv': breastCancer, 'digits.csv': digits };
const csvOf = (name: string): string => readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');

/** The first place where two lists differ, and what stands there; a full comparison of 115,008 numbers takes minutes to print. */
function firstDifference(got: ArrayLike<number>, want: readonly number[]): string | undefined {
  const at = want.findIndex((number, index) => got[index] !== number);
  if (at >= 0) return `number ${at} is ${got[at]}, not ${want[at]}`;
  return got.length === want.length ? undefined : `${got.length} numbers, not ${want.length}`;
}

test('every table has an entry point', () => {
  expect(Object.keys(loaders)).toEqual(tables.map(({ csv }) => csv));
});

describe.each(tables)('$csv', ({ csv, module, name }) => {
  const load = loaders[csv as keyof typeof loaders];
  const [header, ...rows] = csvOf(csv)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const numbers = rows.flatMap((row) => row.slice(0, -1).map(Number));

  test('packs into the module that is committed', () => {
    const committed = readFileSync(new URL(`./tables/${module}`, import.meta.url), 'utf8');
    expect(moduleOf(name, csv, encode(csvOf(csv))) === committed, 'run: pnpm --filter @nn/datasets tables').toBe(true);
  });

  test('comes out in float64 as the very numbers of the file', () => {
    const { x } = load({ dtype: 'float64' });
    expect(x.dtype).toBe('float64');
    expect(x.shape).toEqual([rows.length, header!.length - 1]);
    expect(firstDifference(x.data, numbers)).toBeUndefined();
  });

  test('comes out in float32 as those numbers rounded', () => {
    const { x } = load();
    expect(x.dtype).toBe('float32');
    expect(firstDifference(x.data, numbers.map(Math.fround))).toBeUndefined();
  });

  test('names its columns and classes as the file does', () => {
    const { y, featureNames, classNames } = load();
    expect(featureNames).toEqual(header!.slice(0, -1));
    expect(y.dtype).toBe('int32');
    expect(Array.from(y.data, (label) => classNames[label])).toEqual(rows.map((row) => row.at(-1)));
  });

  test('says where it comes from and under which licence', () => {
    const { description, source, licence, citation } = load();
    expect(description.length).toBeGreaterThan(20);
    expect(source).toContain('https://doi.org/10.24432/');
    expect(licence).toContain('CC BY 4.0');
    const licences = readFileSync(new URL('../DATA-LICENSES.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
    expect(licences).toContain(citation);
    expect(licences).toContain(source.slice(source.indexOf('https')));
  });

  test('is refused in int32', () => {
    expect(() => load({ dtype: 'int32' as 'float32' })).toThrow(
      "the data comes as float32 or float64, got int32. Make one of these and write x.cast('int32').",
    );
  });
});

test('the classes are as many as were published', () => {
  const counts = (load: typeof iris | typeof wine | typeof breastCancer | typeof digits): Record<string, number> => {
    const { y, classNames } = load();
    return Object.fromEntries(classNames.map((name, label) => [name, y.data.filter((each) => each === label).length]));
  };
  expect(counts(iris)).toEqual({ setosa: 50, versicolor: 50, virginica: 50 });
  expect(counts(wine)).toEqual({ class_0: 59, class_1: 71, class_2: 48 });
  expect(counts(breastCancer)).toEqual({ malignant: 212, benign: 357 });
  expect(Object.values(counts(digits))).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

test('numbers that cannot be packed are refused', () => {
  expect(() => encode('a,class\n-1,x\n')).toThrow('-1 cannot be packed: it is not an integer, at least 0.');
  expect(() => encode('a,class\nnone,x\n')).toThrow('NaN cannot be packed');
  const eleven = Array.from({ length: 11 }, (_, label) => `1,${label}\n`).join('');
  expect(() => encode(`a,class\n${eleven}`)).toThrow('11 classes are too many');
});
