import { alphabet, type Table } from '../src/published-dataset.ts';

/** Packs a CSV file: a header with the names, numbers, and in the last column the class, numbered by first appearance. */
export function encode(csv: string): Table {
  const [header, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const featureNames = header!.slice(0, -1);
  const classNames = [...new Set(rows.map((row) => row.at(-1)!))];
  if (classNames.length > 10)
    throw new RangeError(`A class is packed as one digit: ${classNames.length} classes are too many.`);
  const columns = featureNames.map((_, column) => encodeColumn(rows.map((row) => row[column]!)));
  return {
    featureNames,
    classNames,
    decimals: columns.map(({ decimals }) => decimals).join(''),
    widths: columns.map(({ width }) => width).join(''),
    values: rows.map((_, row) => columns.map(({ numbers }) => numbers[row]).join('')).join(''),
    labels: rows.map((row) => classNames.indexOf(row.at(-1)!)).join(''),
  };
}

function encodeColumn(texts: readonly string[]): { decimals: number; width: number; numbers: readonly string[] } {
  const decimals = Math.max(...texts.map((text) => (text.split('.')[1] ?? '').replace(/0+$/, '').length));
  const wholes = texts.map((text) => Number(`${text}e${decimals}`));
  const digits = wholes.map(toBase64);
  const width = Math.max(...digits.map((number) => number.length));
  return { decimals, width, numbers: digits.map((number) => number.padStart(width, alphabet[0])) };
}

function toBase64(whole: number): string {
  if (!Number.isSafeInteger(whole) || whole < 0)
    throw new RangeError(`${whole} cannot be packed: it is not an integer, at least 0.`);
  const rest = Math.floor(whole / 64);
  return (rest > 0 ? toBase64(rest) : '') + alphabet[whole % 64]!;
}

/** The source of the module that holds a packed table. */
export function moduleOf(name: string, csvName: string, table: Table): string {
  const list = (names: readonly string[]): string => {
    const quoted = names.map((each) => `'${each}'`);
    const line = `[${quoted.join(', ')}]`;
    return line.length < 100 ? line : `[\n${quoted.map((each) => `    ${each},\n`).join('')}  ]`;
  };
  return [
    `// Written by data/write-tables.ts from data/${csvName}: change that file and write again.`,
    "import type { Table } from '../published-dataset.ts';",
    '',
    `export const ${name}: Table = {`,
    `  featureNames: ${list(table.featureNames)},`,
    `  classNames: ${list(table.classNames)},`,
    `  decimals: '${table.decimals}',`,
    `  widths: '${table.widths}',`,
    `  values: '${table.values}',`,
    `  labels: '${table.labels}',`,
    '};',
    '',
  ].join('\n');
}

/** Every table: its CSV file here, its module in src/tables, the name that it is exported by. */
export const tables: readonly { readonly csv: string; readonly module: string; readonly name: string }[] = [
  { csv: 'iris.csv', module: 'iris.ts', name: 'irisTable' },
  { csv: 'wine.csv', module: 'wine.ts', name: 'wineTable' },
  { csv: 'breast-cancer.csv', module: 'breast-cancer.ts', name: 'breastCancerTable' },
  { csv: 'digits.csv', module: 'digits.ts', name: 'digitsTable' },
];
