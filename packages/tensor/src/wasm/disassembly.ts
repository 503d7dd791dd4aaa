import { everyGroup } from '../loops/fuse.ts';
import type { FusionGroup } from '../loops/group.ts';
import type { Expression, Kernel, StridedView, Buffer, Store } from '../loops/ir.ts';
import { showShape } from '../shape.ts';
import type { Threads } from './backend.ts';
import { type Plan, rowBlockOf } from './plan.ts';

/** A plan as text: its memory, what threads share, and every fusion group. */
export function list({ schedule, relaxed, memoryPlan }: Plan, threads: Threads | undefined): string {
  const isShared = (group: FusionGroup): boolean =>
    threads !== undefined && threads.chunkOf(group, relaxed) < group.rows;
  const listed = (all: readonly FusionGroup[], indent: string): readonly string[] =>
    all.flatMap((group, at) => {
      const text = showGroup(group, rowBlockOf(group, relaxed), memoryPlan.addressOf);
      const line = `${indent}${at}${isShared(group) ? ', shared' : ''}: ${text.replaceAll('\n', `\n${indent}`)}`;
      const bodies = group.parts.flatMap(({ kernel }) =>
        kernel.kind === 'loop' ? listed(kernel.body.groups, `${indent}   `) : [],
      );
      return [line, ...bodies];
    });
  const lines = [...listed(schedule.groups, '')];
  if (threads) lines.unshift(threads.note(everyGroup(schedule).some(isShared)));
  return [`memory: ${memoryPlan.bytes} bytes${relaxed ? ', fused multiply-add' : ''}`, ...lines].join('\n');
}

/** A fusion group as text, one line per loop nest, with its operations and addresses. */
function showGroup({ rows, parts }: FusionGroup, rowBlock: number, addressOf: (buffer: Buffer) => number): string {
  const lines = parts.map(({ kernel }) => showKernel(kernel, addressOf));
  return lines.length === 1 ? lines[0]! : [`${rows} rows, ${rowBlock} at a time`, ...lines].join('\n   ');
}

function showKernel(kernel: Kernel, addressOf: (buffer: Buffer) => number): string {
  const sums = kernel.kind === 'matmul' || kernel.kind === 'contraction' ? kernel.epilogue?.sums : undefined;
  const buffer = (one: Buffer): string => (one === sums ? 'sums' : `@${addressOf(one)}`);
  const view = (one: StridedView): string =>
    buffer(one.buffer) + (one.strides.length > 0 ? showShape(one.strides) : '');
  const value = (one: Expression): string => {
    if (one.kind === 'load') return view(one.view);
    return one.kind === 'constant' ? String(one.value) : `${one.operation.name}(${one.inputs.map(value).join(', ')})`;
  };
  const stored = (stores: readonly Store[]): readonly string[] =>
    stores.map((store) => `${buffer(store.to.buffer)} = ${value(store.value)}`);
  if (kernel.kind === 'map') return `over ${showShape(kernel.shape)}: ${stored(kernel.stores).join('; ')}`;
  if (kernel.kind === 'check') {
    return `over ${showShape(kernel.shape)}: ${kernel.settings.caller} refuses where ${view(kernel.condition)} is false`;
  }
  if (kernel.kind === 'loop') return `${kernel.length} steps${kernel.reverse ? ', the last first' : ''}`;
  const made = (to: Buffer, ...from: readonly string[]): string =>
    `${buffer(to)} = ${kernel.operation.name} of ${from.join(', ')}`;
  switch (kernel.kind) {
    case 'reduce':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, value(kernel.value))} along ${showShape(kernel.axes)}`;
    case 'search':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, view(kernel.from))} along [${kernel.axis}]`;
    case 'matmul': {
      const { batch, m, n, k, a, b, to, epilogue } = kernel;
      const steps = [made(epilogue?.sums ?? to, view(a), view(b)), ...stored(epilogue?.stores ?? [])];
      return `over ${showShape([...batch, m, k, n])}: ${steps.join('; ')}`;
    }
    case 'contraction': {
      const { shape, a, b, to, epilogue } = kernel;
      const steps = [made(epilogue?.sums ?? to.buffer, view(a), view(b)), ...stored(epilogue?.stores ?? [])];
      return `over ${showShape(shape)}: ${steps.join('; ')}`;
    }
    case 'matrix':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, ...kernel.inputs.map((input) => view(input.view)))}`;
    case 'gather':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, view(kernel.from), view(kernel.indices))} along [${kernel.axis}]`;
    case 'scatter':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to.buffer, view(kernel.indices), view(kernel.source))} along [${kernel.axis}]`;
    case 'overlap':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to.buffer, view(kernel.from))}`;
    case 'random':
      return made(kernel.to, view(kernel.counter));
  }
}
