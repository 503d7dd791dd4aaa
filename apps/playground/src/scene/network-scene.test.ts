import { array, assert, constantFrom, integer, property, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { layoutNetwork, type NetworkScene } from './network-scene.ts';

const room = { width: 690, height: 380, minTile: 24, minColumn: 124 };

/** The number of pairs of overlapping tiles. */
const overlaps = ({ layers }: NetworkScene): number => {
  const tiles = layers.flatMap(({ neurons, tile }) => neurons.map((neuron) => ({ ...neuron, tile })));
  let count = 0;
  for (const [at, one] of tiles.entries()) {
    for (const other of tiles.slice(at + 1)) {
      const apart = (one.tile + other.tile) / 2 - 0.01;
      if (Math.abs(one.x - other.x) < apart && Math.abs(one.y - other.y) < apart) count++;
    }
  }
  return count;
};

test('layers are ordered from left to right, and all neurons are inside the picture without overlap', () => {
  const counts = integer({ min: 1, max: 64 });
  const networks = tuple(integer({ min: 1, max: 2 }), array(counts, { maxLength: 8 }), integer({ min: 1, max: 8 }));
  const rooms = record({
    width: integer({ min: 0, max: 1600 }),
    height: integer({ min: 200, max: 800 }),
    minTile: constantFrom(24, 44),
    minColumn: constantFrom(124, 164),
  });
  assert(
    property(networks, rooms, ([inputs, hidden, outputs], space) => {
      const widths = [inputs, ...hidden, outputs];
      const scene = layoutNetwork(widths, space);
      expect(scene.layers.map(({ neurons }) => neurons.length)).toEqual(widths);
      expect(overlaps(scene)).toBe(0);
      let left = 0;
      for (const layer of scene.layers) {
        expect(layer.left).toBeCloseTo(left, 6);
        left += layer.width;
        expect(layer.tile).toBeGreaterThanOrEqual(space.minTile);
        for (const { x, y } of layer.neurons) {
          expect(x - layer.tile / 2).toBeGreaterThanOrEqual(layer.left - 0.01);
          expect(x + layer.tile / 2).toBeLessThanOrEqual(layer.left + layer.width + 0.01);
          expect(y - layer.tile / 2).toBeGreaterThanOrEqual(-0.01);
          expect(y + layer.tile / 2).toBeLessThanOrEqual(scene.height + 0.01);
        }
      }
      expect(left).toBeCloseTo(scene.width, 6);
    }),
    { numRuns: 150 },
  );
});

test('a network that fits fills the space, one that does not is wider', () => {
  expect(layoutNetwork([2, 3, 3], room).width).toBe(690);
  expect(layoutNetwork([2, ...new Array<number>(8).fill(32), 3], room).width).toBeGreaterThan(690);
});

test('few neurons are in one column, many in several, so that tiles stay large', () => {
  const columns = (count: number): number =>
    new Set(layoutNetwork([2, count, 3], room).layers[1]!.neurons.map(({ x }) => x)).size;
  expect(columns(4)).toBe(1);
  expect(columns(64)).toBeGreaterThan(3);
  expect(layoutNetwork([2, 64, 3], room).layers[1]!.tile).toBeGreaterThanOrEqual(30);
});
