export { accuracy } from './accuracy.ts';
export { binaryAccuracy, type BinaryAccuracyOptions } from './binary-accuracy.ts';
export { confusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { withinTolerance, type WithinToleranceOptions } from './within-tolerance.ts';
export type { ScoreOptions } from './score.ts';
