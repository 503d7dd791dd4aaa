import type { Layer } from './layering.ts';

type Name =
  | 'words'
  | 'ground'
  | 'numbers'
  | 'printing'
  | 'operation'
  | 'operations'
  | 'reference'
  | 'methods'
  | 'tensor'
  | 'making'
  | 'gradients'
  | 'program'
  | 'trace'
  | 'loops'
  | 'wasm'
  | 'webgpu'
  | 'index';

/**
 * The layers of `packages/tensor/src`, from the ground up.
 *
 * A new file goes into the layer of its noun. If it does not fit one, the question is whether it belongs into the core.
 */
export const tensorLayers: readonly Layer<Name>[] = [
  // What needs nothing: errors, the version, shapes as the compiler sees them.
  {
    name: 'words',
    files: [
      'error.ts',
      'check-number.ts',
      'options.ts',
      'version.ts',
      'size-types.ts',
      'shape-types.ts',
      'axis-types.ts',
      'combination-types.ts',
      'reshape-types.ts',
    ],
    on: [],
  },
  { name: 'ground', files: ['shape.ts', 'dtype.ts', 'strided.ts', 'copy-numbers.ts', 'in-order.ts'], on: ['words'] },
  // Functions of plain numbers, which know nothing of tensors.
  {
    name: 'numbers',
    files: ['numbers/'],
    on: ['ground'],
  },
  { name: 'printing', files: ['print.ts', 'print/'], on: ['ground'] },
  { name: 'operation', files: ['operation.ts'], on: ['ground'] },
  { name: 'reference', files: ['reference/'], on: ['operation', 'numbers'] },
  { name: 'operations', files: ['operations/'], on: ['reference'] },
  // The abstract bases that the class Tensor is built from.
  { name: 'methods', files: ['methods/'], on: ['operations', 'printing'] },
  { name: 'tensor', files: ['tensor.ts', 'model.ts'], on: ['methods'] },
  // Functions that make tensors.
  {
    name: 'making',
    files: [
      'clip.ts',
      'creation.ts',
      'combination.ts',
      'erf.ts',
      'log-sum-exp.ts',
      'one-hot.ts',
      'pad.ts',
      'prod.ts',
      'search.ts',
      'split.ts',
      'random/',
    ],
    on: ['tensor'],
  },
  { name: 'gradients', files: ['gradients.ts'], on: ['tensor'] },
  { name: 'program', files: ['program.ts'], on: ['operations'] },
  {
    name: 'trace',
    files: [
      'trace.ts',
      'bound.ts',
      'compile.ts',
      'bound-to.ts',
      'many-steps.ts',
      'repeat-step.ts',
      'step-through.ts',
      'listing-of.ts',
    ],
    on: ['gradients', 'program'],
  },
  // Backends: what turns a program into code. The two of them never meet, and nothing below imports them.
  { name: 'loops', files: ['loops/'], on: ['program'] },
  { name: 'wasm', files: ['wasm/'], on: ['loops'] },
  { name: 'webgpu', files: ['webgpu/'], on: ['loops'] },
  { name: 'index', files: ['index.ts'], on: ['making', 'trace'] },
];
