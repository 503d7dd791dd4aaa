export { accuracy } from './accuracy.ts';
export { balancedAccuracy, type BalancedAccuracyOptions } from './balanced-accuracy.ts';
export { binaryAccuracy, type BinaryAccuracyOptions } from './binary-accuracy.ts';
export type { ClassOptions } from './class-counts.ts';
export type { ClassScoreOptions } from './class-score.ts';
export {
  classificationReport,
  type ClassificationReport,
  type ClassificationReportOptions,
  type ClassReport,
} from './classification-report.ts';
export { cohenKappa, type CohenKappaOptions } from './cohen-kappa.ts';
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { fScore, type FScoreOptions } from './f-score.ts';
export { jaccard } from './jaccard.ts';
export { matthewsCorrelation } from './matthews-correlation.ts';
export { type Accumulator, type Metric, metric, type MetricOptions, type MetricParts } from './metric.ts';
export { precision } from './precision.ts';
export { recall } from './recall.ts';
export type { ScoreOptions } from './score.ts';
export { withinTolerance, type WithinToleranceOptions } from './within-tolerance.ts';
