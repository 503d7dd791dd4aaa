import { type Mark, type Scene, short } from './scene.ts';

/** A link of a chain: what it computes, what came out, and how much what comes out moves when what goes in does. */
export interface Link {
  readonly name: string;
  readonly formula: string;
  readonly value: number;
  /** ∂ this / ∂ what stands before it; the first link has none. */
  readonly slope?: number;
}

/** Values from left to right, slopes from right to left: each is the product of the local slopes passed on the way back. */
export function drawChain(links: readonly Link[], back: number): Scene {
  const gap = 600 / links.length;
  const passed = links.map((_, at) => links.slice(at + 1).reduce((product, { slope }) => product * slope!, 1));
  const shownFrom = links.length - 1 - back;
  const marks = links.flatMap(({ name, formula, value, slope }, at): readonly Mark[] => {
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
      ...(slope === undefined
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
              text: `× ${short(slope)}`,
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
    .map(({ slope }) => short(slope!))
    .toReversed();
  return {
    width: 620,
    height: 214,
    marks: [
      { kind: 'text', at: [10, 18], text: 'values, forwards →', tone: 'first', size: 13 },
      { kind: 'text', at: [610, 18], text: '← slopes, backwards', tone: 'second', size: 13, anchor: 'end' },
      ...marks,
    ],
    words: `Forwards: ${links.map(({ name, value }) => `${name} = ${short(value)}`).join(', ')}. Backwards, the slope of the loss for ${links[0]!.name} is ${product.join(' · ')} = ${short(passed[0]!)}.`,
    table: {
      columns: ['', 'value', 'local slope', 'slope of the loss'],
      rows: links.map(({ name, value, slope }, at) => [
        name,
        short(value),
        slope === undefined ? '' : short(slope),
        short(passed[at]!),
      ]),
    },
  };
}
