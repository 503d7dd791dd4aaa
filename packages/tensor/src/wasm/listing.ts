import type { Expression, Kernel } from '../loops/kernel.ts';
import type { Lens, Place } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import { showShape } from '../shape.ts';

/** A pass as text, one line per loop nest, with the operations that it came from and the addresses it works on. */
export function showPass({ rows, kernels }: Pass, addressOf: (place: Place) => number): string {
  const lines = kernels.map((kernel) => showKernel(kernel, addressOf));
  return lines.length === 1 ? lines[0]! : `strips of ${rows} rows\n${lines.map((line) => `   ${line}`).join('\n')}`;
}

function showKernel(kernel: Kernel, addressOf: (place: Place) => number): string {
  const place = (one: Place): string => `@${addressOf(one)}`;
  const lens = (one: Lens): string => place(one.place) + (one.strides.length > 0 ? showShape(one.strides) : '');
  const value = (one: Expression): string =>
    one.kind === 'constant'
      ? String(one.value)
      : one.kind === 'reading'
        ? lens(one.lens)
        : `${one.operation.name}(${one.inputs.map(value).join(', ')})`;
  switch (kernel.kind) {
    case 'map':
      return `over ${showShape(kernel.shape)}: ${kernel.stores.map((store) => `${place(store.to.place)} = ${value(store.value)}`).join('; ')}`;
    case 'reduce':
      return `over ${showShape(kernel.shape)}: ${place(kernel.to)} = ${kernel.operation.name} along ${showShape(kernel.axes)} of ${value(kernel.value)}`;
    case 'search':
      return `over ${showShape(kernel.shape)}: ${place(kernel.to)} = ${kernel.operation.name} along ${kernel.axis} of ${lens(kernel.from)}`;
    case 'matmul':
      return `${place(kernel.to)} = ${showShape([...kernel.batch, kernel.m, kernel.k])} × ${showShape([kernel.k, kernel.n])} of ${lens(kernel.a)}, ${lens(kernel.b)}`;
    case 'gather':
      return `over ${showShape(kernel.shape)}: ${place(kernel.to)} = ${lens(kernel.from)} at ${lens(kernel.indices)} along ${kernel.axis}`;
    case 'scatter':
      return `over ${showShape(kernel.shape)}: ${lens(kernel.to)} at ${lens(kernel.indices)} along ${kernel.axis} += ${lens(kernel.source)}`;
    case 'random':
      return `${place(kernel.to)} = uniform of ${lens(kernel.counter)}`;
  }
}
