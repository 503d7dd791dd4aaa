import type { AppliedNode, Program } from '../compile/program.ts';
import type { TypedArray } from '../dtype.ts';
import { sameShape, sizeOf } from '../shape.ts';
import { isRowMajor } from '../strided.ts';
import { merge, type FusionGroup, fusionGroups } from './group.ts';
import type { Buffer, ScheduledKernel, StridedView } from './ir.ts';
import { KernelBuilder } from './kernel-builder.ts';
import { lower } from './lower.ts';

/** A program as groups of loop nests over buffers in memory. */
export interface Schedule {
  readonly groups: readonly FusionGroup[];
  readonly inputs: readonly Buffer[];
  /** The buffers of constants that are read from memory, with their numbers. */
  readonly constants: ReadonlyMap<Buffer, TypedArray>;
  /** The buffer of each output after a run. */
  readonly outputs: readonly Buffer[];
}

/** The most operations of one fused expression. A longer chain is stored half-way. */
const maxFused = 128;

/**
 * Turns a program into kernels, and decides which values are stored and which are computed in the loop that reads them.
 *
 * An elementwise result is not stored when its only reader is an elementwise operation of the same shape or a reduction.
 * A view is never a kernel: it changes the strides by which its readers read.
 *
 * @param prepare  the kernels that a backend runs for one kernel, such as copies of what it reads and the kernel itself
 * @param finish   what a backend changes in a schedule, and in that of the body of each loop
 * @param outside  the views of inputs that lie outside of the program, as those that the body of a loop shares with the
 *   program around it
 */
export function fuse(
  program: Program,
  prepare: (one: ScheduledKernel) => readonly ScheduledKernel[] = (one) => [one],
  finish: (schedule: Schedule, program: Program) => Schedule = (schedule) => schedule,
  outside: ReadonlyMap<number, StridedView> = new Map(),
): Schedule {
  const { nodes, inputs } = program;
  const builder = new KernelBuilder(nodes, (body, shared) => fuse(body, prepare, finish, shared));
  const isFused = fusedNodes(program);
  const given = new Set<Buffer>();
  nodes.forEach((node, at) => {
    if (node.kind !== 'applied') given.add(builder.place(at, outside.get(at)));
    else if (!isFused[at]) builder.store(at, lower(builder, node, at));
  });
  const kept = outputBuffers(program, builder, given);
  const schedule = {
    groups: fusionGroups(merge(builder.kernels).flatMap(prepare)),
    inputs: inputs.map((at) => builder.view(at).buffer),
    constants: builder.constants,
    outputs: kept,
  };
  return finish(schedule, program);
}

/** The fusion groups of a schedule, and those of the loops in it. */
export function everyGroup({ groups }: Schedule): readonly FusionGroup[] {
  return groups.flatMap((group) => [
    group,
    ...group.parts.flatMap(({ kernel }) => (kernel.kind === 'loop' ? everyGroup(kernel.body) : [])),
  ]);
}

/** Which nodes are computed in the loop of their only reader. */
function fusedNodes(program: Program): readonly boolean[] {
  const { nodes } = program;
  const readers = onlyReaders(program);
  const fused: boolean[] = [];
  /** The operations of the expression that ends in each elementwise node. */
  const length: number[] = [];
  nodes.forEach((node, at) => {
    if (node.kind !== 'applied' || node.operation.kind !== 'elementwise') return;
    length[at] = node.inputs.reduce((sum, input) => sum + (fused[input] ? length[input]! : 0), 1);
    fused[at] = length[at] < maxFused && canRead(nodes[readers[at]!], node);
  });
  return fused;
}

/** Whether a reader can compute an elementwise result in its own loop. */
function canRead(reader: Program['nodes'][number] | undefined, { shape }: AppliedNode): boolean {
  if (reader?.kind !== 'applied') return false;
  const { kind } = reader.operation;
  return kind === 'reduce' || (kind === 'elementwise' && sameShape(shape, reader.shape));
}

/** The only reader of each node; −1 or none where there are several, where there is none, and for outputs. */
function onlyReaders({ nodes, outputs }: Program): readonly number[] {
  const readers: number[] = [];
  nodes.forEach((node, at) => {
    if (node.kind === 'applied')
      for (const input of node.inputs) readers[input] = readers[input] === undefined ? at : -1;
  });
  for (const at of outputs) readers[at] = -1;
  return readers;
}

/**
 * A contiguous buffer of its own for each output. An output that shares a buffer, or is a view of one, is copied.
 *
 * @param taken  the buffers that can be no output's own: those of inputs and constants, to which outputs are added
 */
function outputBuffers({ nodes, outputs }: Program, builder: KernelBuilder, taken: Set<Buffer>): readonly Buffer[] {
  return outputs.map((at) => {
    const { shape } = nodes[at]!;
    const { buffer, strides } = builder.view(at);
    const own = !taken.has(buffer) && buffer.size === sizeOf(shape) && isRowMajor(strides, shape);
    taken.add(buffer);
    return own ? buffer : builder.contiguous(at).buffer;
  });
}
