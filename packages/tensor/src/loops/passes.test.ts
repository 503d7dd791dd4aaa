import { array, assert, boolean, constantFrom, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { type FusionGroup, fusionGroups } from './group.ts';
import type { Kernel, Buffer, ScheduledKernel } from './ir.ts';

const buffers: readonly Buffer[] = [0, 1, 2, 3].map((size) => ({ dtype: 'float32', size }));

/** Kernels with 200 or 300 rows, or with too few rows to be grouped, that access some of four buffers. */
const kernels = array(
  record({
    rows: constantFrom(1, 200, 300),
    accesses: array(record({ buffer: nat(3), written: boolean(), rowLocal: boolean() }), { maxLength: 4 }),
  }),
  { maxLength: 12 },
);

/** The definition of the groups: a kernel joins the first possible group, by comparison with every kernel before it. */
function groupsByComparison(all: readonly ScheduledKernel[]): readonly FusionGroup[] {
  const groups: { rows: number; parts: ScheduledKernel[] }[] = [];
  for (const own of all) {
    const conflicts = ({ parts }: FusionGroup, acrossRows: boolean): boolean =>
      parts.some((part) =>
        part.accesses.some((a) =>
          own.accesses.some(
            (b) => a.buffer === b.buffer && (a.written || b.written) && !(acrossRows && a.rowLocal && b.rowLocal),
          ),
        ),
      );
    const last = groups.findLastIndex((group) => conflicts(group, false));
    const joined = groups.find(
      (group, at) => own.rows > 96 && at >= last && group.rows === own.rows && !conflicts(group, true),
    );
    if (joined) joined.parts.push(own);
    else groups.push({ rows: own.rows, parts: [own] });
  }
  return groups;
}

test('kernels join the groups that a comparison with every kernel before them gives', () => {
  assert(
    property(kernels, (drawn) => {
      const all = drawn.map(({ rows, accesses }): ScheduledKernel => ({
        kernel: {} as Kernel,
        rows,
        accesses: accesses.map(({ buffer, ...how }) => ({ buffer: buffers[buffer]!, ...how })),
      }));
      const numbered = (groups: readonly FusionGroup[]): unknown =>
        groups.map(({ rows, parts }) => [rows, parts.map((part) => all.indexOf(part))]);
      expect(numbered(fusionGroups(all))).toEqual(numbered(groupsByComparison(all)));
    }),
    { numRuns: 3000 },
  );
});
