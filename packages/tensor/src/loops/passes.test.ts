import { assert, property, array, boolean, constantFrom, nat, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { Kernel, Touched } from './kernel.ts';
import type { Place } from './lens.ts';
import { type Pass, passesOf } from './passes.ts';

const places: readonly Place[] = [0, 1, 2, 3].map((size) => ({ dtype: 'float32', size }));

/** Kernels over 200 or 300 rows, or too few to be gathered, that touch some of four places. */
const kernels = array(
  record({
    rows: constantFrom(1, 200, 300),
    touches: array(record({ place: nat(3), written: boolean(), byRows: boolean() }), { maxLength: 4 }),
  }),
  { maxLength: 12 },
);

/** The rule as it is said: one joins the first pass that it may, comparing it with every kernel before. */
function passesByComparing(all: readonly Touched[]): readonly Pass[] {
  const passes: { rows: number; parts: Touched[] }[] = [];
  for (const own of all) {
    const meets = ({ parts }: Pass, unevenly: boolean): boolean =>
      parts.some((part) =>
        part.touches.some((a) =>
          own.touches.some(
            (b) => a.place === b.place && (a.written || b.written) && !(unevenly && a.byRows && b.byRows),
          ),
        ),
      );
    const last = passes.findLastIndex((pass) => meets(pass, false));
    const joined = passes.find(
      (pass, at) => own.rows > 96 && at >= last && pass.rows === own.rows && !meets(pass, true),
    );
    if (joined) joined.parts.push(own);
    else passes.push({ rows: own.rows, parts: [own] });
  }
  return passes;
}

test('passes are those that come of comparing every kernel with all before it', () => {
  assert(
    property(kernels, (drawn) => {
      const all = drawn.map(({ rows, touches }): Touched => ({
        kernel: {} as Kernel,
        rows,
        touches: touches.map(({ place, ...how }) => ({ place: places[place]!, ...how })),
      }));
      const numbered = (passes: readonly Pass[]): unknown =>
        passes.map(({ rows, parts }) => [rows, parts.map((part) => all.indexOf(part))]);
      expect(numbered(passesOf(all))).toEqual(numbered(passesByComparing(all)));
    }),
    { numRuns: 3000 },
  );
});
