import { sameShape, sizeOf } from '../shape.ts';
import { rowMajor } from '../strided.ts';
import {
  type Expression,
  type Kernel,
  type MapKernel,
  type MatMulKernel,
  placesRead,
  placesWritten,
  readings,
} from './kernel.ts';
import type { Lens, Place } from './lens.ts';

/** So many results are stored by one loop at most: more would not fit into registers. */
const mostStores = 12;

/**
 * Fewer, larger loops: a map joins an earlier one over the same shape, or a product whose elements it reads, when
 * nothing in between stands against it. Single numbers are computed as early as they can be, out of the way of others.
 *
 * @param kept  places that are read after the last loop
 */
export function merge(kernels: readonly Kernel[], kept: ReadonlySet<Place>): Kernel[] {
  const merged: Kernel[] = [];
  for (const kernel of kernels) {
    const last = merged.findLastIndex((earlier) => conflict(earlier, kernel));
    if (kernel.kind !== 'map' || sizeOf(kernel.shape) === 0) {
      merged.push(kernel);
      continue;
    }
    const at = merged.findIndex(
      (earlier, place) =>
        place >= last &&
        earlier.kind === 'map' &&
        sameShape(earlier.shape, kernel.shape) &&
        evenlyAfter(earlier, kernel),
    );
    if (at >= 0) {
      const earlier = merged[at] as MapKernel;
      merged[at] = { ...earlier, stores: [...earlier.stores, ...kernel.stores] };
    } else if (sizeOf(kernel.shape) === 1) merged.splice(last + 1, 0, kernel);
    else merged.push(kernel);
  }
  return withEpilogues(merged, kept);
}

/** Must the later one wait for the earlier one? */
function conflict(earlier: Kernel, later: Kernel): boolean {
  const written = placesWritten(earlier);
  const read = placesRead(earlier);
  return (
    placesRead(later).some((place) => written.includes(place)) ||
    placesWritten(later).some((place) => written.includes(place) || read.includes(place))
  );
}

/** Does the later loop read the earlier one's results only where it stands itself? */
function evenlyAfter(earlier: MapKernel, later: MapKernel): boolean {
  const read = later.stores.flatMap(({ value }) => readings(value));
  const apart = later.stores.every(({ to }) => earlier.stores.every((store) => store.to.place !== to.place));
  const even = read.every(({ lens }) =>
    earlier.stores.every(({ to }) => to.place !== lens.place || sameLens(to, lens)),
  );
  // What the earlier loop reads may be overwritten by the later one only element by element, too.
  const before = earlier.stores.flatMap(({ value }) => readings(value));
  const safe = later.stores.every(({ to }) =>
    before.every(({ lens }) => lens.place !== to.place || sameLens(to, lens)),
  );
  return apart && even && safe && earlier.stores.length + later.stores.length <= mostStores;
}

const sameLens = (a: Lens, b: Lens): boolean => a.offset === b.offset && sameShape(a.strides, b.strides);

/** Each product takes the map along that reads its elements first, when that map fits its tiles. */
function withEpilogues(kernels: readonly Kernel[], kept: ReadonlySet<Place>): Kernel[] {
  const result = [...kernels];
  for (let at = 0; at < result.length; at++) {
    const product = result[at]!;
    if (product.kind !== 'matmul') continue;
    const next = result.findIndex((later, place) => place > at && placesRead(later).includes(product.to));
    const map = result[next];
    if (map?.kind !== 'map' || !fitsTiles(product, map)) continue;
    if (result.slice(at + 1, next).some((between) => conflict(between, map))) continue;
    const elsewhere =
      kept.has(product.to) || result.some((other, place) => place > next && placesRead(other).includes(product.to));
    result[at] = { ...product, epilogue: map, stored: elsewhere };
    result.splice(next, 1);
  }
  return result;
}

/** Can the map be carried out on vectors of columns, row by row of the product? */
function fitsTiles({ batch, m, n, to, a, b }: MatMulKernel, { shape, stores }: MapKernel): boolean {
  if (batch.length > 0 || !sameShape(shape, [m, n]) || to.dtype !== 'float32') return false;
  if (a.place.dtype !== 'float32' || b.place.dtype !== 'float32') return false;
  const product = rowMajor(shape);
  const inColumns = ({ strides, offset }: Lens): boolean =>
    (strides[1] === 1 || strides[1] === 0 || n === 1) && strides.every((stride) => stride >= 0) && offset >= 0;
  const read = stores.flatMap(({ value }) => readings(value));
  return (
    stores.every(
      ({ to: target, value }) =>
        (target.strides[1] === 1 || n === 1) &&
        target.place.dtype !== 'float64' &&
        target.strides.every((stride) => stride >= 0) &&
        inLanes(value),
    ) &&
    read.every(({ lens }) =>
      lens.place === to ? lens.offset === 0 && sameShape(lens.strides, product) : inColumns(lens),
    ) &&
    // The factors are read long after the first tiles are stored.
    stores.every(({ to: target }) => target.place !== a.place && target.place !== b.place)
  );
}

const inLanes = (value: Expression): boolean =>
  value.dtype !== 'float64' && (value.kind === 'reading' || value.inputs.every(inLanes));
