/** A message as one line of JSON; arrays of numbers travel as the bytes that they are, in base64. */
export function toLine(message: unknown): string {
  return `${JSON.stringify(message, (_, value: unknown) => {
    if (value instanceof Float32Array) return { float32: base64(value) };
    if (value instanceof Int32Array) return { int32: base64(value) };
    if (value instanceof Float64Array) return { float64: base64(value) };
    if (value instanceof Uint8Array) return { bool: base64(value) };
    return value;
  })}\n`;
}

/** The message of one line. */
export function fromLine(line: string): unknown {
  return JSON.parse(line, (_, value: Readonly<Record<string, unknown>> | null) => {
    if (typeof value?.['float32'] === 'string') return new Float32Array(bytes(value['float32']));
    if (typeof value?.['int32'] === 'string') return new Int32Array(bytes(value['int32']));
    if (typeof value?.['float64'] === 'string') return new Float64Array(bytes(value['float64']));
    if (typeof value?.['bool'] === 'string') return new Uint8Array(bytes(value['bool']));
    return value;
  });
}

function base64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** In a buffer of their own: a small Buffer may begin where no number can. */
function bytes(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer;
}
