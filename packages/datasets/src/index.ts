export { type Batches, batches } from './batches.ts';
export { type Blobs, blobs } from './blobs.ts';
export type { Category } from './categories.ts';
export { circles } from './circles.ts';
export { type Classification, classification } from './classification.ts';
export type { Dataset, Parted } from './dataset.ts';
export { disk } from './disk.ts';
export type { Drawing, Shuffling } from './drawing.ts';
export { imputer, type Imputer, type ImputerOptions, type Imputing } from './imputer.ts';
export { kFold } from './k-fold.ts';
export { labelEncoder, type LabelEncoder, type LabelEncoding } from './label-encoder.ts';
export { type MinMaxScaler, minMaxScaler, type MinMaxScaling } from './min-max-scaler.ts';
export { moons } from './moons.ts';
export {
  type CategoryRows,
  oneHotEncoder,
  type OneHotEncoder,
  type OneHotEncoderOptions,
  type OneHotEncoding,
} from './one-hot-encoder.ts';
export type { Folds, Order } from './partition.ts';
export { plane } from './plane.ts';
export type { Precision } from './precision.ts';
export type { PublishedDataset } from './published-dataset.ts';
export { type Regression, regression } from './regression.ts';
export { rings } from './rings.ts';
export { sCurve } from './s-curve.ts';
export type { Scaling } from './scaling.ts';
export type { Scatter } from './scatter.ts';
export type { Sheet } from './sheet.ts';
export { shuffle } from './shuffle.ts';
export { sine } from './sine.ts';
export { spiral } from './spiral.ts';
export { type StandardScaler, standardScaler, type StandardScaling } from './standard-scaler.ts';
export { stratifiedKFold } from './stratified-k-fold.ts';
export { swissRoll } from './swiss-roll.ts';
export { trainTestSplit, type TrainTestSplit } from './train-test-split.ts';
export type { TwoCurves } from './two-curves.ts';
export { vertical } from './vertical.ts';
export { xor } from './xor.ts';
