/** Ranges of addresses, each from `begin` up to `end`: ascending, and apart from each other. */
class AddressRanges {
  /** begin, end, begin, end, … */
  readonly #bounds: number[] = [];

  /** The lowest address from `from` on where no range is in the next `bytes` bytes. */
  lowestFree(from: number, bytes: number): number {
    const bounds = this.#bounds;
    let address = from;
    for (let at = this.#firstEndingAfter(from); at < bounds.length && bounds[at]! < address + bytes; at += 2) {
      address = bounds[at + 1]!;
    }
    return address;
  }

  /** Adds a range; it is joined with the ranges that it overlaps or touches. */
  add(begin: number, end: number): void {
    const bounds = this.#bounds;
    const first = this.#firstEndingAfter(begin - 1);
    let after = first;
    while (after < bounds.length && bounds[after]! <= end) after += 2;
    if (after === first) bounds.splice(first, 0, begin, end);
    else {
      bounds[first] = Math.min(bounds[first]!, begin);
      bounds[first + 1] = Math.max(bounds[after - 1]!, end);
      if (after > first + 2) bounds.splice(first + 2, after - first - 2);
    }
  }

  /** Where the first range that ends after an address is in the list. */
  #firstEndingAfter(address: number): number {
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[2 * middle + 1]! <= address) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }
}

/** Addresses that are in use during a period, in a tree whose nodes halve it. */
interface Period {
  /** Its first and last time. */
  readonly from: number;
  readonly to: number;
  /** The addresses that are in use all the time, and at any time. */
  readonly throughout: AddressRanges;
  readonly ever: AddressRanges;
  halves: readonly Period[] | undefined;
}

const period = (from: number, to: number): Period => ({
  from,
  to,
  throughout: new AddressRanges(),
  ever: new AddressRanges(),
  halves: undefined,
});

/**
 * Memory in which buffers are placed that are in use from one time to another. A buffer takes O(log times) steps where the
 * addresses in use are few ranges, as they are where buffers lie beside each other.
 */
export class FreeMemory {
  readonly #whole: Period;

  /** @param times  times go from 0 to this one, exclusive */
  constructor(times: number) {
    this.#whole = period(0, times - 1);
  }

  /** Places a buffer at the lowest address from `start` on that is free from one time to another, and returns the address. */
  place(start: number, bytes: number, from: number, to: number): number {
    const inUse: AddressRanges[] = [];
    collect(this.#whole, from, to, inUse);
    let address = start;
    for (let before = -1; before !== address;) {
      before = address;
      for (const ranges of inUse) address = ranges.lowestFree(address, bytes);
    }
    occupy(this.#whole, from, to, address, address + bytes);
    return address;
  }
}

/** Collects the addresses that are in use at any time between two. */
function collect(node: Period, from: number, to: number, into: AddressRanges[]): void {
  if (to < node.from || from > node.to) return;
  const inside = from <= node.from && node.to <= to;
  into.push(inside ? node.ever : node.throughout);
  if (!inside) for (const half of node.halves ?? []) collect(half, from, to, into);
}

/** Adds addresses that are in use from one time to another. */
function occupy(node: Period, from: number, to: number, begin: number, end: number): void {
  if (to < node.from || from > node.to) return;
  node.ever.add(begin, end);
  if (from <= node.from && node.to <= to) {
    node.throughout.add(begin, end);
    return;
  }
  const middle = (node.from + node.to) >> 1;
  node.halves ??= [period(node.from, middle), period(middle + 1, node.to)];
  for (const half of node.halves) occupy(half, from, to, begin, end);
}
