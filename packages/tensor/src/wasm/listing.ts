import type { Expression, Kernel, Store } from '../loops/kernel.ts';
import type { Lens, Place } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import { showShape } from '../shape.ts';
import type { Threads } from './backend.ts';
import type { Plan } from './plan.ts';
import { stripOf } from './strips.ts';

/** A plan as text: how much memory it takes, what threads share, and every pass. */
export function list({ schedule, relaxed, layout }: Plan, threads: Threads | undefined): string {
  const isShared = (pass: Pass): boolean => threads !== undefined && threads.portionOf(pass, relaxed) < pass.rows;
  const { passes } = schedule;
  const lines = passes.map(
    (pass, at) =>
      `${at}${isShared(pass) ? ', shared' : ''}: ${showPass(pass, stripOf(pass, relaxed), layout.addressOf)}`,
  );
  if (threads) lines.unshift(threads.note(passes.some(isShared)));
  return [`memory: ${layout.bytes} bytes${relaxed ? ', fused multiply-add' : ''}`, ...lines].join('\n');
}

/** A pass as text, one line per loop nest, with the operations that it came from and the addresses it works on. */
function showPass({ rows, parts }: Pass, strip: number, addressOf: (place: Place) => number): string {
  const lines = parts.map(({ kernel }) => showKernel(kernel, addressOf));
  return lines.length === 1 ? lines[0]! : [`${rows} rows, ${strip} at a time`, ...lines].join('\n   ');
}

function showKernel(kernel: Kernel, addressOf: (place: Place) => number): string {
  const sums = kernel.kind === 'matmul' ? kernel.finish?.sums : undefined;
  const place = (one: Place): string => (one === sums ? 'sums' : `@${addressOf(one)}`);
  const lens = (one: Lens): string => place(one.place) + (one.strides.length > 0 ? showShape(one.strides) : '');
  const value = (one: Expression): string => {
    if (one.kind === 'reading') return lens(one.lens);
    return one.kind === 'constant' ? String(one.value) : `${one.operation.name}(${one.inputs.map(value).join(', ')})`;
  };
  const stored = (stores: readonly Store[]): readonly string[] =>
    stores.map((store) => `${place(store.to.place)} = ${value(store.value)}`);
  if (kernel.kind === 'map') return `over ${showShape(kernel.shape)}: ${stored(kernel.stores).join('; ')}`;
  const made = (to: Place, ...from: readonly string[]): string =>
    `${place(to)} = ${kernel.operation.name} of ${from.join(', ')}`;
  switch (kernel.kind) {
    case 'reduce':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, value(kernel.value))} along ${showShape(kernel.axes)}`;
    case 'search':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, lens(kernel.from))} along [${kernel.axis}]`;
    case 'matmul': {
      const { batch, m, n, k, a, b, to, finish } = kernel;
      const steps = [made(finish?.sums ?? to, lens(a), lens(b)), ...stored(finish?.stores ?? [])];
      return `over ${showShape([...batch, m, k, n])}: ${steps.join('; ')}`;
    }
    case 'gather':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to, lens(kernel.from), lens(kernel.indices))} along [${kernel.axis}]`;
    case 'scatter':
      return `over ${showShape(kernel.shape)}: ${made(kernel.to.place, lens(kernel.indices), lens(kernel.source))} along [${kernel.axis}]`;
    case 'random':
      return made(kernel.to, lens(kernel.counter));
  }
}
