export { accuracy } from './accuracy.ts';
export { binaryAccuracy, type BinaryAccuracyOptions } from './binary-accuracy.ts';
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { regressionAccuracy, type RegressionAccuracyOptions } from './regression-accuracy.ts';
export type { ScoreOptions } from './score.ts';
