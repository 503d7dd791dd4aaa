import { array, assert, integer, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { FreeMemory } from './free-memory.ts';

interface Placed {
  readonly address: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

/** The lowest address that is free, by trying one after the other. */
function lowestByTrying(placed: readonly Placed[], bytes: number, from: number, to: number): number {
  for (let address = 16; ; address++) {
    const meets = (own: Placed): boolean =>
      own.from <= to && from <= own.to && own.address < address + bytes && address < own.address + own.bytes;
    if (!placed.some(meets)) return address;
  }
}

test('each buffer lies at the lowest address that is free all its time', () => {
  const buffers = array(record({ bytes: integer({ min: 1, max: 9 }), from: nat(19), length: nat(9) }), {
    maxLength: 40,
  });
  assert(
    property(buffers, (drawn) => {
      const memory = new FreeMemory(20);
      const placed: Placed[] = [];
      for (const { bytes, from, length } of drawn) {
        const to = Math.min(from + length, 19);
        const address = memory.place(16, bytes, from, to);
        expect(address).toBe(lowestByTrying(placed, bytes, from, to));
        placed.push({ address, bytes, from, to });
      }
    }),
    { numRuns: 1000 },
  );
});
