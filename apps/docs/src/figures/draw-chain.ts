import { type Mark, type Scene, short } from './scene.ts';

/** One operation of a chain: its formula, its value, and its local derivative. */
export interface Operation {
  readonly name: string;
  readonly formula: string;
  readonly value: number;
  /** ∂ this value / ∂ the previous value; undefined for the first. */
  readonly derivative?: number;
}

/**
 * A chain of operations: values from left to right, gradients of the last value from right to left. Each gradient is the
 * product of the local derivatives to its right.
 *
 * @param back  how many backward steps are shown
 */
export function drawChain(links: readonly Operation[], back: number): Scene {
  const gap = 600 / links.length;
  const passed = links.map((_, at) =>
    links.slice(at + 1).reduce((product, { derivative }) => product * derivative!, 1),
  );
  const shownFrom = links.length - 1 - back;
  const marks = links.flatMap(({ name, formula, value, derivative }, at): readonly Mark[] => {
    const center = 10 + gap * (at + 0.5);
    const half = Math.min(60, gap / 2 - 18);
    return [
      { kind: 'rect', at: [center - half, 60], size: [2 * half, 74], tone: 'first', round: 10, fill: 0.16 },
      { kind: 'text', at: [center, 48], text: formula, tone: 'quiet', size: 13, anchor: 'middle' },
      { kind: 'text', at: [center, 86], text: name, size: 14, anchor: 'middle' },
      { kind: 'text', at: [center, 116], text: short(value), size: 19, anchor: 'middle', bold: true },
      ...(at === 0
        ? []
        : [
            {
              kind: 'path',
              points: [
                [center - gap + half, 97],
                [center - half, 97],
              ],
              tone: 'first',
              width: 2,
            } as const,
          ]),
      ...(derivative === undefined
        ? []
        : [
            {
              kind: 'path',
              points: [
                [center - half, 168],
                [center - gap + half, 168],
              ],
              tone: at > shownFrom ? 'second' : 'faint',
              width: 2,
            } as const,
            {
              kind: 'text',
              at: [center - gap / 2, 160],
              text: `× ${short(derivative)}`,
              tone: at > shownFrom ? 'second' : 'quiet',
              size: 14,
              anchor: 'middle',
            } as const,
          ]),
      ...(at < shownFrom
        ? []
        : [
            {
              kind: 'text',
              at: [center, 174],
              text: short(passed[at]!),
              tone: 'second',
              size: 19,
              anchor: 'middle',
              bold: true,
            } as const,
            {
              kind: 'text',
              at: [center, 196],
              text: `∂L/∂${name}`,
              tone: 'quiet',
              size: 13,
              anchor: 'middle',
            } as const,
          ]),
    ];
  });
  const product = links
    .slice(1)
    .map(({ derivative }) => short(derivative!))
    .toReversed();
  return {
    width: 620,
    height: 214,
    marks: [
      { kind: 'text', at: [10, 18], text: 'values, forward →', tone: 'first', size: 13 },
      { kind: 'text', at: [610, 18], text: '← gradients, backward', tone: 'second', size: 13, anchor: 'end' },
      ...marks,
    ],
    description: `Forward: ${links.map(({ name, value }) => `${name} = ${short(value)}`).join(', ')}. Backward: the gradient ∂L/∂${links[0]!.name} is ${product.join(' · ')} = ${short(passed[0]!)}.`,
    table: {
      columns: ['', 'value', 'local derivative', 'gradient of the loss'],
      rows: links.map(({ name, value, derivative }, at) => [
        name,
        short(value),
        derivative === undefined ? '' : short(derivative),
        short(passed[at]!),
      ]),
    },
  };
}
