import { type DType, owned, type Shape, Tensor, type Variable } from '@nn/tensor';
import { isLayer, type LayerFunction, titleOf } from './layer.ts';
import type { Sequential } from './sequential.ts';

/** What `summary` can be told. */
export interface SummaryOptions {
  /** The shape of a single sample: needed when the first layer does not tell it. */
  readonly input?: Shape | undefined;
  /** The dtype of the samples, float32 unless told otherwise. */
  readonly dtype?: DType;
}

/** One line of the table. */
interface Row {
  readonly title: string;
  readonly output: string;
  readonly count: number | undefined;
}

/**
 * A model as a table: its layers, the shape of what each gives, and how many numbers each is trained by. `*` is the
 * number of samples. A variable that is shared counts once, where it is met first.
 *
 * Nothing is computed: only shapes go through the model.
 *
 * @throws TypeError when the first layer does not tell its input, and it is not given
 * @example
 * summary(dense(2, 64, { random: randomState(0) }))   // layer          output    parameters
 *                                                     // ───────────────────────────────────
 *                                                     // dense 2 → 64   [*, 64]          192
 *                                                     // ───────────────────────────────────
 *                                                     // total                           192
 */
export function summary(model: LayerFunction, { input, dtype = 'float32' }: SummaryOptions = {}): string {
  const sample = input ?? (isLayer(model) ? model.sample : undefined);
  if (!sample) {
    throw new TypeError(
      `summary: the shape of a sample must be known, but ${titleOf(model)} does not tell it. ` +
        `Write summary(model, { input: [28, 28] }) for samples of that shape.`,
    );
  }
  const rows: Row[] = [];
  // What differs between a batch of two and a batch of three is the number of samples, or follows from it.
  const inputs = [2, 3].map((batch) => new Tensor([batch, ...sample], dtype, undefined));
  if (isSequential(model)) addInner(model, inputs, '', rows, new Set());
  else addRows(model, inputs, '', rows, new Set());
  return table(rows);
}

function isSequential(layer: LayerFunction): layer is Sequential {
  return 'layers' in layer;
}

/** Adds the lines of a layer, and gives its outputs. */
function addRows(
  layer: LayerFunction,
  inputs: readonly Tensor[],
  indent: string,
  rows: Row[],
  seen: Set<Variable>,
): readonly Tensor[] {
  const label = isLayer(layer) && layer.label !== undefined ? `${layer.label}: ` : '';
  const title = `${indent}${label}${titleOf(layer)}`;
  if (isSequential(layer)) {
    rows.push({ title, output: '', count: undefined });
    return addInner(layer, inputs, `${indent}  `, rows, seen);
  }
  const outputs = inputs.map((x) => owned(layer(x), `summary: ${titleOf(layer)}`));
  const fresh = Object.values(isLayer(layer) ? layer.parameters : {}).filter((parameter) => !seen.has(parameter));
  for (const parameter of fresh) seen.add(parameter);
  const count = [...new Set(fresh)].reduce((sum, { size }) => sum + size, 0);
  rows.push({ title, output: showOutput(outputs.map(({ shape }) => shape)), count });
  return outputs;
}

/** Adds the lines of the layers inside a layer, each fed with what the one before gives. */
function addInner(
  { layers }: Sequential,
  inputs: readonly Tensor[],
  indent: string,
  rows: Row[],
  seen: Set<Variable>,
): readonly Tensor[] {
  return layers.reduce((values, layer) => addRows(layer, values, indent, rows, seen), inputs);
}

function showOutput([two, three]: readonly Shape[]): string {
  return `[${two!.map((length, axis) => (length === three![axis] ? length : '*')).join(', ')}]`;
}

function table(rows: readonly Row[]): string {
  const total = rows.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const cells = [
    ['layer', 'output', 'parameters'],
    ...rows.map(({ title, output, count }) => [title, output, count === undefined ? '' : grouped(count)]),
    ['total', '', grouped(total)],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map(([title, output, count]) =>
    [title!.padEnd(widths[0]!), output!.padEnd(widths[1]!), count!.padStart(widths[2]!)].join('   ').trimEnd(),
  );
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 6));
  return lines.toSpliced(-1, 0, rule).toSpliced(1, 0, rule).join('\n');
}

/** A whole number in groups of three digits: 1,234,567. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
