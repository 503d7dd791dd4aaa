import type { Layer } from './layering.ts';

type Name =
  | 'foundations'
  | 'numbers'
  | 'printing'
  | 'operation'
  | 'reference'
  | 'operations'
  | 'methods'
  | 'tensor'
  | 'functions'
  | 'linalg'
  | 'transforms'
  | 'compile'
  | 'scan'
  | 'loops'
  | 'wasm'
  | 'webgpu'
  | 'index';

/**
 * The layers of `packages/tensor/src`, from the bottom up.
 *
 * Put a new file into the layer of its subject. If it fits none, it may not belong in the core.
 */
export const tensorLayers: readonly Layer<Name>[] = [
  // Errors, the version, shapes in the type system, dtypes, strided arrays.
  {
    name: 'foundations',
    files: [
      'errors.ts',
      'options.ts',
      'version.ts',
      'types/',
      'shape.ts',
      'dtype.ts',
      'float16.ts',
      'model.ts',
      'strided.ts',
      'topological-order.ts',
    ],
    on: [],
  },
  // Functions of plain numbers, which know nothing of tensors.
  { name: 'numbers', files: ['numbers/'], on: ['foundations'] },
  { name: 'printing', files: ['print.ts'], on: ['foundations'] },
  { name: 'operation', files: ['operation.ts'], on: ['foundations'] },
  { name: 'reference', files: ['reference/'], on: ['operation', 'numbers'] },
  { name: 'operations', files: ['operations/'], on: ['reference'] },
  // The abstract base classes of Tensor.
  { name: 'methods', files: ['methods/'], on: ['operations', 'printing'] },
  { name: 'tensor', files: ['tensor.ts'], on: ['methods'] },
  // Functions on tensors.
  {
    name: 'functions',
    files: [
      'arrays/',
      'checks.ts',
      'creation.ts',
      'combination.ts',
      'convolve.ts',
      'functions.ts',
      'gradients.ts',
      'math.ts',
      'random/',
      'structure.ts',
    ],
    on: ['tensor'],
  },
  // Linear algebra, an entry of its own.
  { name: 'linalg', files: ['linalg/'], on: ['functions'] },
  { name: 'compile', files: ['compile/'], on: ['functions'] },
  // Loops inside programs.
  { name: 'scan', files: ['scan/'], on: ['compile'] },
  // Functions of functions: derivatives, and one function for many entries.
  { name: 'transforms', files: ['transforms/'], on: ['scan'] },
  // Backends turn a program into code. They never import each other, and only the user imports them.
  { name: 'loops', files: ['loops/'], on: ['compile'] },
  { name: 'wasm', files: ['wasm/'], on: ['loops'] },
  { name: 'webgpu', files: ['webgpu/'], on: ['loops'] },
  { name: 'index', files: ['index.ts'], on: ['functions', 'transforms', 'compile'] },
];
