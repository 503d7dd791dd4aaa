import { checkOptions, type DType, checkTensor, type Shape, Tensor, type Variable } from '@nn/tensor';
import { isLayer, type LayerFunction, titleOf } from './layer.ts';
import type { Sequential } from './sequential.ts';

/** The options of `summary`. */
export interface SummaryOptions {
  /** The shape of a single sample; needed when the first layer does not state it. */
  readonly input?: Shape | undefined;
  /** The dtype of the samples; float32 unless given. */
  readonly dtype?: DType;
}

/** One line of the table. Lines of models inside the model have no counts. */
interface Row {
  readonly title: string;
  readonly output: string;
  readonly parameters?: number;
  readonly buffers?: number;
}

/** The rows so far, and the variables that are counted in them. */
interface Table {
  readonly rows: Row[];
  readonly counted: Set<Variable>;
}

/**
 * A model as a table: its layers, the shape of what each gives, and how many numbers its parameters hold. `*` is the
 * number of samples. A shared variable counts once, in the first layer that has it. Where there are buffers, they have
 * a column of their own.
 *
 * Only shapes go through the model; nothing is computed.
 *
 * @throws TypeError when the first layer does not state the shape of a sample, and `input` is not given
 * @example
 * summary(dense(2, 64, { random: randomState(0) }))   // layer          output    parameters
 *                                                     // ───────────────────────────────────
 *                                                     // dense(2, 64)   [*, 64]          192
 *                                                     // ───────────────────────────────────
 *                                                     // total                           192
 */
export function summary(model: LayerFunction, options: SummaryOptions = {}): string {
  const { input = isLayer(model) ? model.input : undefined, dtype = 'float32' } = checkOptions('summary', options, [
    'input',
    'dtype',
  ]);
  if (!input) {
    throw new TypeError(
      `summary needs the shape of a sample, and ${titleOf(model)} does not state it. ` +
        `Write summary(model, { input: [28, 28] }) for samples of that shape.`,
    );
  }
  const table: Table = { rows: [], counted: new Set() };
  // A length that differs between batches of two and of three is the number of samples, or follows from it.
  const batches = [2, 3].map((samples) => new Tensor([samples, ...input], dtype, undefined));
  if (isSequential(model)) addLayers(table, model, batches, '');
  else addLayer(table, model, batches, '');
  return show(table.rows);
}

function isSequential(layer: LayerFunction): layer is Sequential {
  return 'layers' in layer;
}

/** Adds the lines of a layer, and returns its outputs. */
function addLayer(table: Table, layer: LayerFunction, inputs: readonly Tensor[], indent: string): readonly Tensor[] {
  const label = isLayer(layer) && layer.label !== undefined ? `${layer.label}: ` : '';
  const title = `${indent}${label}${titleOf(layer)}`;
  if (isSequential(layer)) {
    table.rows.push({ title, output: '' });
    return addLayers(table, layer, inputs, `${indent}  `);
  }
  const outputs = inputs.map((x) => checkTensor(layer(x), `summary: ${titleOf(layer)}`));
  const { parameters, buffers } = isLayer(layer) ? layer : { parameters: {}, buffers: {} };
  table.rows.push({
    title,
    output: showOutput(outputs.map(({ shape }) => shape)),
    parameters: count(table, Object.values(parameters)),
    buffers: count(table, Object.values(buffers)),
  });
  return outputs;
}

/** Adds the lines of the layers inside a model, each fed with the outputs of the one before. */
function addLayers(table: Table, { layers }: Sequential, inputs: readonly Tensor[], indent: string): readonly Tensor[] {
  return layers.reduce((values, layer) => addLayer(table, layer, values, indent), inputs);
}

/** How many numbers the variables hold that are not counted yet. */
function count({ counted }: Table, variables: readonly Variable[]): number {
  let sum = 0;
  for (const variable of variables) {
    if (!counted.has(variable)) sum += variable.size;
    counted.add(variable);
  }
  return sum;
}

function showOutput([two, three]: readonly Shape[]): string {
  return `[${two!.map((length, axis) => (length === three![axis] ? length : '*')).join(', ')}]`;
}

function show(rows: readonly Row[]): string {
  const total = (kind: 'parameters' | 'buffers'): number => rows.reduce((sum, row) => sum + (row[kind] ?? 0), 0);
  const kinds = (['parameters', 'buffers'] as const).filter((kind) => kind === 'parameters' || total(kind) > 0);
  const cells = [
    ['layer', 'output', ...kinds],
    ...rows.map((row) => [row.title, row.output, ...kinds.map((kind) => grouped(row[kind]))]),
    ['total', '', ...kinds.map((kind) => grouped(total(kind)))],
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('   ')
      .trimEnd(),
  );
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 3 * (widths.length - 1)));
  return lines.toSpliced(-1, 0, rule).toSpliced(1, 0, rule).join('\n');
}

/** A count in groups of three digits: 1,234,567. */
function grouped(count: number | undefined): string {
  return count === undefined ? '' : String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
