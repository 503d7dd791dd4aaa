export { clip } from './clip.ts';
export { concat, stack, where } from './combination.ts';
export { type Compiled, type CompileOptions, compile } from './compile.ts';
export type { Along, Axes, ExpandDims, Permute, Reduce, Row, Slice, Squeeze, Take, Transpose } from './axis-types.ts';
export type { Concat, Stack } from './combination-types.ts';
export {
  arange,
  type As,
  eye,
  fromTypedArray,
  full,
  fullLike,
  linspace,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from './creation.ts';
export { checkNumber } from './check-number.ts';
export { checkFloating, type DType, type TypedArray } from './dtype.ts';
export { erf } from './erf.ts';
export { DTypeError, ShapeError, WorkerLostError } from './error.ts';
export { gradients, type GradientsOf, type Targets, watch } from './gradients.ts';
export { listingOf } from './listing-of.ts';
export { logSumExp } from './log-sum-exp.ts';
export type { Nested, Operand } from './methods/reading.ts';
export type { Axis, Keep } from './methods/reduction.ts';
export type { Bound, Range } from './methods/view.ts';
export { checkLabels, oneHot } from './one-hot.ts';
export type { LayerCall, NamedVariables } from './model.ts';
export { checkOptions } from './options.ts';
export { pad } from './pad.ts';
export { prod } from './prod.ts';
export type { Backend, Executable, Program } from './program.ts';
export {
  beta,
  type BetaOptions,
  exponential,
  type ExponentialOptions,
  gamma,
  type GammaOptions,
  gumbel,
  laplace,
  type LocationOptions,
  logistic,
  lognormal,
  triangular,
  type TriangularOptions,
} from './random/continuous.ts';
export {
  binomial,
  type BinomialOptions,
  geometric,
  type GeometricOptions,
  multinomial,
  type MultinomialOptions,
  poisson,
  type PoissonOptions,
} from './random/discrete.ts';
export { normalFrom, randomCounter, uniformFrom } from './random/from-counter.ts';
export {
  type GeneratorState,
  generatorState,
  type MersenneState,
  type PcgState,
  restoreGenerator,
} from './random/generator-state.ts';
export {
  integers,
  type IntegersOptions,
  type SmallIntegerArrays,
  smallIntegers,
  type SmallIntegersOptions,
} from './random/integers.ts';
export { randomState, type RandomState } from './random/mersenne.ts';
export { generator } from './random/pcg64.ts';
export { choice, type ChoiceOptions, permutation, shuffle } from './random/permutation.ts';
export {
  checkRandom,
  type MersenneSource,
  type NormalOptions,
  type PcgSource,
  type Random,
  type Source,
  type UniformOptions,
} from './random/random.ts';
export { seedSequence, type SeedSequence } from './random/seed-sequence.ts';
export { repeatStep } from './repeat-step.ts';
export type { Reshape } from './reshape-types.ts';
export { argmax, argmin } from './search.ts';
export { normalizeAxis, sameShape, type Shape, showShape } from './shape.ts';
export type {
  Broadcast,
  Broadcasting,
  Dot,
  EqualLength,
  Fits,
  MatMul,
  NestedShape,
  OpenShape,
  Outcome,
  Result,
  ShowShape,
} from './shape-types.ts';
export { type Collected, type Entries, stepThrough } from './step-through.ts';
export { split } from './split.ts';
export { checkLike, owned, Tensor, Variable, variable } from './tensor.ts';
export { version } from './version.ts';
