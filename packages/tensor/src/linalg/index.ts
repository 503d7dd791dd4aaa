export { eigenvalues, eigh } from './eigen.ts';
export { cholesky, choleskySolve, lu, qr } from './factorizations.ts';
export { matrixExp, matrixPower, multiDot } from './powers.ts';
export { determinant, inverse, logDeterminant, solve, solveTriangular, type TriangularOptions } from './solve.ts';
export {
  conditionNumber,
  leastSquares,
  matrixNorm,
  type MatrixOrder,
  matrixRank,
  pseudoInverse,
  svd,
} from './singular-values.ts';
