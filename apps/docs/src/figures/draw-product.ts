import { tensor } from '@nn/tensor';
import { type Mark, type Point, type Scene, short } from './scene.ts';

const cell: Point = [44, 34];

/** A matrix with its position in the scene and its highlighted elements. */
interface DrawnMatrix {
  readonly numbers: readonly (readonly number[])[];
  readonly at: Point;
  highlights(row: number, column: number): boolean;
}

/** Two matrices and their product. One element of the product is highlighted with its row and its column. */
export function drawProduct(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  {
    row,
    column,
    names,
  }: { readonly row: number; readonly column: number; readonly names: readonly [string, string, string] },
): Scene {
  const product = tensor(first.map((each) => [...each]))
    .matmul(tensor(second.map((each) => [...each])))
    .toArray() as number[][];
  const inner = second.length;
  const widths = [inner, second[0]!.length, second[0]!.length].map((columns) => columns * cell[0]);
  const middle = 40 + (Math.max(first.length, inner) * cell[1]) / 2;
  const at = (index: number, rows: number): Point => [
    20 + widths.slice(0, index).reduce((sum, width) => sum + width + 44, 0),
    middle - (rows * cell[1]) / 2,
  ];
  const matrices: readonly DrawnMatrix[] = [
    { numbers: first, at: at(0, first.length), highlights: (r) => r === row },
    { numbers: second, at: at(1, inner), highlights: (_, c) => c === column },
    { numbers: product, at: at(2, first.length), highlights: (r, c) => r === row && c === column },
  ];
  const pairs = second.map((each, at) => [first[row]![at]!, each[column]!] as const);
  const sum = `${pairs.map(([a, b]) => `${short(a)}·${short(b)}`).join(' + ')} = ${short(product[row]![column]!)}`;
  const bottom = middle + (Math.max(first.length, inner) * cell[1]) / 2 + 44;
  return {
    width: 620,
    height: bottom + 20,
    marks: [
      ...matrices.flatMap((matrix, index) => drawMatrix(matrix, names[index]!)),
      ...['·', '='].map((text, index): Mark => ({
        kind: 'text',
        at: [at(index + 1, 0)[0] - 22, middle + 7],
        text,
        size: 22,
        anchor: 'middle',
      })),
      { kind: 'text', at: [20, bottom], text: sum, size: 17, bold: true },
    ],
    description: `Row ${row + 1} of ${names[0]} and column ${column + 1} of ${names[1]} give ${sum}.`,
    table: {
      columns: [`row ${row + 1} of ${names[0]}`, `column ${column + 1} of ${names[1]}`, 'product'],
      rows: [...pairs.map(([a, b]) => [a, b, short(a * b)]), ['', 'sum', short(product[row]![column]!)]],
    },
  };
}

function drawMatrix({ numbers, at: [left, top], highlights }: DrawnMatrix, name: string): readonly Mark[] {
  return [
    {
      kind: 'text',
      at: [left, top - 12],
      text: `${name} [${numbers.length}, ${numbers[0]!.length}]`,
      tone: 'quiet',
      size: 13,
    },
    ...numbers.flatMap((row, r) =>
      row.flatMap((value, c): readonly Mark[] => {
        const marked = highlights(r, c);
        const at: Point = [left + c * cell[0], top + r * cell[1]];
        return [
          {
            kind: 'rect',
            at: [at[0] + 1, at[1] + 1],
            size: [cell[0] - 2, cell[1] - 2],
            tone: marked ? 'first' : 'quiet',
            round: 4,
            fill: marked ? 0.28 : 0.09,
          },
          {
            kind: 'text',
            at: [at[0] + cell[0] / 2, at[1] + cell[1] / 2 + 5],
            text: short(value),
            size: 14,
            anchor: 'middle',
            bold: marked,
          },
        ];
      }),
    ),
  ];
}
