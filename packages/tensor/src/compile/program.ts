import type { ComputeDType, TypedArray } from '../dtype.ts';
import type { LoopSettings, Operation } from '../operation.ts';
import { type Shape, showShape } from '../shape.ts';

/** A value that is set before a run. */
export interface InputNode {
  readonly kind: 'input';
  readonly shape: Shape;
  readonly dtype: ComputeDType;
}

/** A value that was known when the program was traced. */
export interface ConstantNode {
  readonly kind: 'constant';
  readonly shape: Shape;
  readonly dtype: ComputeDType;
  /** Its numbers in row-major order. */
  readonly data: TypedArray;
}

/** The result of an operation on earlier nodes. */
export interface AppliedNode {
  readonly kind: 'applied';
  readonly operation: Operation;
  /** The indices of its inputs among the nodes of the program. They are smaller than its own index. */
  readonly inputs: readonly number[];
  readonly settings: unknown;
  readonly shape: Shape;
  readonly dtype: ComputeDType;
}

export type Node = InputNode | ConstantNode | AppliedNode;

/**
 * A function on tensors as a list of nodes in topological order.
 *
 * A backend turns a program into an executable.
 */
export interface Program {
  readonly nodes: readonly Node[];
  /** The indices of the input nodes, in order. */
  readonly inputs: readonly number[];
  /** The indices of the nodes that are outputs, in order. */
  readonly outputs: readonly number[];
  /** Pairs [input, output] of indices into `inputs` and `outputs`: after each run the input has the value of the output. */
  readonly carried: readonly (readonly [input: number, output: number])[];
}

/** A program that is ready to run, with memory for its inputs and outputs. Arrays are valid until the next run. */
export interface Executable {
  /** The array of an input in row-major order, to be written. It keeps its values until they are overwritten. */
  input(at: number): TypedArray;
  /**
   * Runs the program on its inputs 1 to 2³⁰ times in a row. If a run throws, carried inputs have the values of the last
   * complete run.
   */
  run(times: number): void;
  /** The values of an output of the last run; of a carried output, the present values of its input. */
  output(at: number): TypedArray;
  /** The loops of the program as text. */
  readonly disassembly?: string | undefined;
}

/** Turns programs into executables. */
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
  const lines = nodes.flatMap((node, at) => {
    const line = `%${at} = ${showNode(node)} ${node.dtype}${showShape(node.shape)}`;
    return [line, ...bodyOf(node).map((own) => `    ${own}`)];
  });
  return [...lines, `return ${outputs.map((at) => `%${at}`).join(', ')}`].join('\n');
}

/** The lines of what a loop repeats; none for other nodes. */
function bodyOf(node: Node): readonly string[] {
  if (node.kind !== 'applied' || node.operation.kind !== 'loop') return [];
  const { body } = node.settings as LoopSettings;
  return showProgram(body.program(body.stacked.map((_, at) => at))).split('\n');
}

function showNode(node: Node): string {
  if (node.kind === 'input') return 'input';
  if (node.kind === 'constant') return node.data.length === 1 ? `constant ${node.data[0]}` : 'constant';
  const inputs = node.inputs.map((at) => `%${at}`).join(', ');
  const { length, reverse } = (node.settings ?? {}) as Partial<LoopSettings>;
  const shown = node.operation.kind === 'loop' ? { length, reverse } : node.settings;
  const settings = shown === undefined ? '' : ` ${JSON.stringify(shown)}`;
  return `${node.operation.name}(${inputs})${settings}`;
}
