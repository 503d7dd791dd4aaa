import type { DType, TypedArray } from '../dtype.ts';
import type { Operation } from '../operation.ts';
import { type Shape, showShape } from '../shape.ts';

/** A value that is handed in at each run. */
export interface InputNode {
  readonly kind: 'input';
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A value that was known when the program was traced. */
export interface ConstantNode {
  readonly kind: 'constant';
  readonly shape: Shape;
  readonly dtype: DType;
  /** Its numbers in row-major order. */
  readonly data: TypedArray;
}

/** The result of an operation on earlier nodes. */
export interface AppliedNode {
  readonly kind: 'applied';
  readonly operation: Operation;
  /** The places of its inputs among the program's nodes, all before its own. */
  readonly inputs: readonly number[];
  readonly settings: unknown;
  readonly shape: Shape;
  readonly dtype: DType;
}

export type Node = InputNode | ConstantNode | AppliedNode;

/**
 * A function on tensors, written out: its steps in an order in which they can be carried out.
 *
 * A backend is a function from a program to a function from its inputs to its outputs.
 */
export interface Program {
  readonly nodes: readonly Node[];
  /** The nodes that are handed in, in order. */
  readonly inputs: readonly number[];
  /** The nodes that are handed back, in order. */
  readonly outputs: readonly number[];
  /** Pairs [input, output], by their places in the two lists: after a run such an input holds that output. */
  readonly carried: readonly (readonly [input: number, output: number])[];
}

/** A program made ready to run, with its inputs and outputs in memory of its own. Arrays are good until the next run. */
export interface Executable {
  /** Where the numbers of an input are written, in row-major order: they stay until others are. */
  input(at: number): TypedArray;
  /**
   * Runs the program on what was handed in, so many times in a row: up to 2³⁰, from 1 on. If it throws, carried inputs are
   * as the last whole run left them.
   */
  run(times: number): void;
  /** The numbers of an output of the last run; of a carried one, what its input holds now. */
  output(at: number): TypedArray;
  /** How the program is carried out, for reading. */
  readonly disassembly?: string | undefined;
}

/** What carries programs out. */
export type Backend = (program: Program) => Executable;

/**
 * A program as text, one node per line.
 *
 * ```text
 * %0 = input float32[2, 3]
 * %1 = exp(%0) float32[2, 3]
 * return %1
 * ```
 */
export function showProgram({ nodes, outputs }: Program): string {
  const lines = nodes.map((node, at) => `%${at} = ${showNode(node)} ${node.dtype}${showShape(node.shape)}`);
  return [...lines, `return ${outputs.map((at) => `%${at}`).join(', ')}`].join('\n');
}

function showNode(node: Node): string {
  if (node.kind === 'input') return 'input';
  if (node.kind === 'constant') return node.data.length === 1 ? `constant ${node.data[0]}` : 'constant';
  const inputs = node.inputs.map((at) => `%${at}`).join(', ');
  const settings = node.settings === undefined ? '' : ` ${JSON.stringify(node.settings)}`;
  return `${node.operation.name}(${inputs})${settings}`;
}
