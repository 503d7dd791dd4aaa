export { accuracy } from './accuracy.ts';
export { averagePrecision, type AveragePrecisionOptions } from './average-precision.ts';
export { balancedAccuracy, type BalancedAccuracyOptions } from './balanced-accuracy.ts';
export { binaryAccuracy, type BinaryAccuracyOptions } from './binary-accuracy.ts';
export { brierScore } from './brier-score.ts';
export { calibrationError, type CalibrationErrorOptions } from './calibration-error.ts';
export type { ClassOptions } from './class-counts.ts';
export type { ClassScoreOptions } from './class-score.ts';
export {
  classificationReport,
  type ClassificationReportOptions,
  type ClassReport,
  type ClassificationReport,
} from './classification-report.ts';
export { cohenKappa, type CohenKappaOptions } from './cohen-kappa.ts';
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { deadNeurons, type DeadNeuronsOptions, type DeadNeurons } from './dead-neurons.ts';
export { explainedVariance } from './explained-variance.ts';
export type { ExplainedOptions } from './explained.ts';
export { explodingGradients, type ExplodingGradientsOptions, type ExplodingGradients } from './exploding-gradients.ts';
export { fScore, type FScoreOptions } from './f-score.ts';
export { hingeLoss } from './hinge-loss.ts';
export { jaccard } from './jaccard.ts';
export { logLoss, type LogLossOptions } from './log-loss.ts';
export { matthewsCorrelation } from './matthews-correlation.ts';
export { maxError } from './max-error.ts';
export { meanAbsoluteError } from './mean-absolute-error.ts';
export {
  meanAbsolutePercentageError,
  type MeanAbsolutePercentageErrorOptions,
} from './mean-absolute-percentage-error.ts';
export { meanSquaredError } from './mean-squared-error.ts';
export { meanSquaredLogarithmicError } from './mean-squared-logarithmic-error.ts';
export { medianAbsoluteError } from './median-absolute-error.ts';
export { type Accumulator, type Metric, metric, type MetricOptions, type MetricParts } from './metric.ts';
export { overfitting, type OverfittingOptions, type Overfitting } from './overfitting.ts';
export { pearsonCorrelation } from './pearson-correlation.ts';
export { precisionRecallCurve, type PrecisionRecallCurve } from './precision-recall-curve.ts';
export { precision } from './precision.ts';
export { r2Score } from './r2-score.ts';
export { recall } from './recall.ts';
export type { ErrorOptions } from './regression.ts';
export { rocAuc, type RocAucOptions } from './roc-auc.ts';
export { rocCurve, type RocCurveOptions, type RocCurve } from './roc-curve.ts';
export { rootMeanSquaredError } from './root-mean-squared-error.ts';
export { saturatedNeurons, type SaturatedNeuronsOptions, type SaturatedNeurons } from './saturated-neurons.ts';
export type { ScoreOptions } from './score.ts';
export { topKAccuracy, type TopKAccuracyOptions } from './top-k-accuracy.ts';
export { vanishingGradients, type VanishingGradientsOptions, type VanishingGradients } from './vanishing-gradients.ts';
export { withinTolerance, type WithinToleranceOptions } from './within-tolerance.ts';
export { zigzag, type ZigzagOptions, type Zigzag } from './zigzag.ts';
export type { RowOptions } from './mean-of-rows.ts';
