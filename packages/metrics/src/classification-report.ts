import type { Tensor } from '@nn/tensor';
import { type ClassCounts, type ClassOptions, countClasses, mergeCounts } from './class-counts.ts';
import { outcomesOf, type Outcomes, ratio } from './class-score.ts';
import { metric, type Metric } from './metric.ts';
import { rounded } from './rounded.ts';

/** The options of `classificationReport`. */
export interface ClassificationReportOptions extends ClassOptions {
  /** What the classes are called in the text, in their order; their indices unless given. */
  readonly names?: readonly string[] | undefined;
  /** How many digits after the point the text shows; 2 unless given. */
  readonly digits?: number | undefined;
}

/** Precision, recall and F-score of a class or of an average, and the weight of its rows: their number without weights. */
export interface ClassReport {
  readonly precision: number;
  readonly recall: number;
  readonly fScore: number;
  readonly support: number;
}

/** The scores of each class and their averages; as text a table, as scikit-learn prints it. */
export interface ClassificationReport {
  readonly classes: readonly (ClassReport & { readonly label: number; readonly name: string })[];
  /** The fraction of right rows; undefined where `classes` leaves out some that occur. */
  readonly accuracy: number | undefined;
  /** The score of the counts of all classes together; without classes left out it is the accuracy. */
  readonly micro: ClassReport;
  readonly macro: ClassReport;
  readonly weighted: ClassReport;
  toString(): string;
}

const caller = 'classificationReport';

/**
 * Precision, recall and F-score of every class, as data and, by `String(report)`, as text.
 *
 * Classes that neither occur nor are predicted are left out, unless `classes` names them.
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example classificationReport(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })).macro.recall   // 0.75
 */
export const classificationReport: Metric<ClassificationReportOptions, ClassificationReport> = metric<
  ClassificationReportOptions,
  ClassCounts,
  ClassificationReport
>({
  name: caller,
  options: ['classes', 'names', 'digits'],
  measure: (prediction, labels, options) => countClasses(caller, prediction, labels, options),
  merge: mergeCounts,
  result(counts, options) {
    const { classes } = options;
    const all = outcomesOf(counts);
    const occurs = counts.occurrences.data;
    const places = Array.from(all.right.data.keys()).filter((at) => classes !== undefined || occurs[1 + at]! > 0);
    const labels = places.map((at) => (typeof classes === 'object' ? classes[at]! : at));
    const names = namesOf(labels, options);
    const each = scoresOf(all);
    const rows = places.map((at, row) => ({ label: labels[row]!, name: names[row]!, ...each(at) }));
    const total = sumOf(all);
    const [support, complete] = [total.actual.item(), occurs[0] === 0];
    const micro = scoresOf(total)(0);
    const mean = (weightOf: (row: ClassReport) => number): ClassReport => {
      const weight = rows.reduce((sum, row) => sum + weightOf(row), 0);
      const of = (score: 'precision' | 'recall' | 'fScore'): number =>
        weight === 0 ? 0 : rows.reduce((sum, row) => sum + row[score] * weightOf(row), 0) / weight;
      return { precision: of('precision'), recall: of('recall'), fScore: of('fScore'), support };
    };
    const report = {
      classes: rows,
      accuracy: complete ? micro.recall : undefined,
      micro,
      macro: mean(() => 1),
      weighted: mean((row) => row.support),
    };
    return { ...report, toString: () => textOf(report, options.digits ?? 2) };
  },
});

function namesOf(labels: readonly number[], { names }: ClassificationReportOptions): readonly string[] {
  if (names === undefined) return labels.map(String);
  if (names.length === labels.length) return names;
  throw new RangeError(
    `${caller}: there must be a name for each of the ${labels.length} classes, got ${names.length}. ` +
      `Write { classes: ${names.length} } to show classes that do not occur, too.`,
  );
}

function sumOf({ right, predicted, actual }: Outcomes): Outcomes {
  const one = (x: Tensor): Tensor => x.sum().reshape([1]);
  return { right: one(right), predicted: one(predicted), actual: one(actual) };
}

/** The scores of the class at a place. */
function scoresOf({ right, predicted, actual }: Outcomes): (at: number) => ClassReport {
  const precision = ratio(right, predicted).data;
  const recall = ratio(right, actual).data;
  // Of the rounded precision and recall, in this order, as scikit-learn does: so that ties print as there.
  const fScore = (p: number, r: number): number => (p + r === 0 ? 0 : (2 * p * r) / (p + r));
  const support = actual.data;
  return (at) => {
    const [p, r] = [precision[at]!, recall[at]!];
    return { precision: p, recall: r, fScore: fScore(p, r), support: support[at]! };
  };
}

type Row = readonly [name: string, precision: string, recall: string, fScore: string, support: string];

function textOf(report: Omit<ClassificationReport, 'toString'>, digits: number): string {
  const shown = (name: string, { precision, recall, fScore, support }: ClassReport): Row => {
    const [p, r, f] = [precision, recall, fScore].map((score) => rounded(score, digits)) as [string, string, string];
    return [name, p, r, f, String(support)];
  };
  const { accuracy, micro, macro, weighted } = report;
  const blocks: readonly (readonly Row[])[] = [
    [['', 'precision', 'recall', 'f1-score', 'support']],
    report.classes.map((row) => shown(row.name, row)),
    [
      accuracy === undefined
        ? shown('micro avg', micro)
        : ['accuracy', '', '', rounded(accuracy, digits), String(micro.support)],
      shown('macro avg', macro),
      shown('weighted avg', weighted),
    ],
  ];
  const width = Math.max('weighted avg'.length, digits, ...report.classes.map(({ name }) => name.length));
  const line = ([name, ...cells]: Row): string =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
  return blocks.map((rows) => rows.map(line).join('')).join('\n');
}
