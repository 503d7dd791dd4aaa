/** Where the bytes of a file come from: memory, or a disk from which they are read in pieces. */
export interface ByteSource {
  readonly length: number;
  /** Fills `target` with the bytes from `offset` on; they lie within `length`. */
  read(target: Uint8Array, offset: number): void;
}

/** Bytes that are in memory already. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
  };
}
