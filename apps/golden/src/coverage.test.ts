import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** How many cases were recorded of each operation of PyTorch, scikit-learn and others, under their names. */
const recorded = read(fileURLToPath(new URL('../recorded-operations.json', import.meta.url))) as Readonly<
  Record<string, number>
>;

/** How many cases of each operation the packages hold. Tests beside them replay every case of their files. */
function held(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const file of globSync('{packages,apps}/*/golden/*.json', { cwd: root })) {
    const { cases = [] } = read(root + file) as { readonly cases?: readonly { readonly op?: string }[] };
    for (const { op } of cases) if (op !== undefined) counts[op] = (counts[op] ?? 0) + 1;
  }
  return counts;
}

const order = 'nothing sorts yet';
const running = 'there are no running sums yet';
const indexing = 'there is no indexing by several arrays yet';

/** The operations whose cases are not replayed, or not all, each with the reason. */
const missing: Readonly<Record<string, string>> = {
  argsort: order,
  histogram: order,
  median: order,
  nanquantile: order,
  quantile: order,
  searchsorted: order,
  sort: order,
  topk: order,
  unique: order,
  cummax: running,
  cummin: running,
  cumprod: running,
  logcumsumexp: running,
  index: indexing,
  index_put: indexing,
  mask_assign: indexing,
  masked_select: indexing,
  put_along_axis: indexing,
  scatter: indexing,
  scatter_reduce: indexing,
  slice_assign: indexing,
};

test('every recorded case is held by a package, but for those with a reason', () => {
  const found = held();
  const incomplete = Object.keys(recorded).filter((op) => (found[op] ?? 0) < recorded[op]!);
  expect(incomplete.toSorted()).toEqual(Object.keys(missing).toSorted());
});
