export { concat, overlapAdd, pad, slidingWindows, split, stack, where } from './combination.ts';
export { checkValues } from './checks.ts';
export { convolve, type ConvolveOptions } from './convolve.ts';
export { compile, type Compiled, type CompileOptions, disassemble, type Returned } from './compile/compile.ts';
export { type Collected, type Entries, runSteps, runBatches } from './compile/many-steps.ts';
export type { Backend, Executable, Program } from './compile/program.ts';
export {
  arange,
  type ArangeOptions,
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
export {
  checkFloating,
  type ComputeDType,
  type DType,
  type NumberArray,
  type ReadonlyTypedArray,
  type StorageDType,
  type TypedArray,
} from './dtype.ts';
export { checkNumber, DTypeError, ShapeError, WorkerLostError } from './errors.ts';
export { checkClassProbabilities, checkLabels, erf, logSumExp, oneHot } from './functions.ts';
export { gradients, type GradientsOf, type Targets, watch } from './gradients.ts';
export type { Nested, Operand, TensorJSON } from './methods/tensor-base.ts';
export type { Axis, ReductionOptions } from './methods/reduction.ts';
export type { SliceBound, SliceRange } from './methods/view.ts';
export type { LayerCall, NamedVariables } from './model.ts';
export { checkOptions } from './options.ts';
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
export { type StepRandom, stepRandom } from './random/step-random.ts';
export { checkGradients, type GradientError, type GradientReport } from './transforms/check-gradients.ts';
export { checkpoint } from './transforms/checkpoint.ts';
export { customGradient } from './transforms/custom-gradient.ts';
export { findNonFinite, type NonFinite } from './transforms/find-non-finite.ts';
export { functionalCall, type ValuesOf } from './transforms/functional-call.ts';
export { hessian } from './transforms/hessian.ts';
export { hessianVector } from './transforms/hessian-vector.ts';
export { jacobian, type JacobianOf } from './transforms/jacobian.ts';
export { jacobianVector } from './transforms/jacobian-vector.ts';
export { stackVariables } from './transforms/stack-variables.ts';
export { valueAndGradients } from './transforms/value-and-gradients.ts';
export { vectorJacobian } from './transforms/vector-jacobian.ts';
export { type MapAxes, type MapResult, vmap } from './transforms/vmap.ts';
export { normalizeAxis, sameShape, type Shape, showShape } from './shape.ts';
export type { OpenTensors } from './structure.ts';
export { checkLike, checkTensor, Tensor, Variable, variable } from './tensor.ts';
export type { Along, Axes, ExpandDims, Permute, Reduce, Row, Slice, Squeeze, Take, Transpose } from './types/axes.ts';
export type {
  Broadcast,
  Broadcasting,
  Dot,
  EqualLength,
  Fits,
  MatMul,
  NestedShape,
  OpenShape,
  ShapeOrError,
  ResultShape,
  ShowShape,
} from './types/broadcast.ts';
export type { SizeOf, Sum, WindowCount, WindowSpan } from './types/lengths.ts';
export type { Concat, Reshape, Stack } from './types/reshape.ts';
export { version } from './version.ts';

export {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  cosh,
  digamma,
  erfc,
  exp2,
  floorDivide,
  fmod,
  frac,
  isFinite,
  isInfinite,
  isNaN,
  leftShift,
  lerp,
  lgamma,
  log10,
  log2,
  polygamma,
  reciprocal,
  remainder,
  rightShift,
  rsqrt,
  sinh,
  square,
  tan,
  trunc,
  truncateDivide,
} from './math.ts';
export { type EntriesOf, scan, type ScanOptions, type StepsOf, type Tensors } from './scan/scan.ts';
export { type ConvolutionMode, convolve1d, correlate1d } from './arrays/correlate.ts';
export { diag, diagonal, type DiagonalOptions, trace, tril, triu } from './arrays/diagonals.ts';
export { einsum } from './arrays/einsum.ts';
export { nanMean, nanSum } from './arrays/nan-reductions.ts';
export { cdist, cosineSimilarity, norm, type NormOptions, pdist } from './arrays/norms.ts';
export { cross, kron, outer, tensordot } from './arrays/products.ts';
export { meshgrid, repeat, roll, tile } from './arrays/repetition.ts';
export { cumulativeTrapezoid, trapezoid, type TrapezoidOptions } from './arrays/trapezoid.ts';
