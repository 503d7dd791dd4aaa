import type { Numbers } from './task.ts';

/** One operation of a graph: `Gemm` of x, w and b gives y. */
export interface OnnxNode {
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

/** A graph of float32 operations; what comes out of it is called `y`. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly constants?: Readonly<Record<string, Numbers>>;
}

const float32 = 1;

/**
 * The bytes of an ONNX model, written field by field as protocol buffers.
 *
 * @see onnx.proto of ONNX for the numbers of the fields
 */
export function onnxModel({ nodes, inputs, constants = {} }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => message(1, nodeBytes(node))),
    text(2, 'graph'),
    ...Object.entries(constants).map(([name, value]) => message(5, constantBytes(name, value))),
    ...Object.entries(inputs).map(([name, shape]) => message(11, valueInfo(name, shape))),
    message(12, valueInfo('y')),
  ];
  const operations = [text(1, ''), number(2, 13)];
  return join([number(1, 7), message(7, graph), message(8, operations)]);
}

/** NodeProto: input 1, output 2, op_type 4. */
function nodeBytes({ operation, inputs, output }: OnnxNode): Uint8Array[] {
  return [...inputs.map((name) => text(1, name)), text(2, output), text(4, operation)];
}

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
function constantBytes(name: string, { shape, data }: Numbers): Uint8Array[] {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [...shape.map((length) => number(1, length)), number(2, float32), text(8, name), bytes(9, raw)];
}

/** ValueInfoProto: name 1, type 2 (tensor_type 1: elem_type 1, shape 2 (dim 1: dim_value 1)). */
function valueInfo(name: string, shape?: readonly number[]): Uint8Array[] {
  const lengths = shape
    ? [
        message(
          2,
          shape.map((length) => message(1, [number(1, length)])),
        ),
      ]
    : [];
  return [text(1, name), message(2, [message(1, [number(1, float32), ...lengths])])];
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, join(parts));
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

/** A field of known length: wire type 2. */
function bytes(field: number, value: Uint8Array): Uint8Array {
  return join([varint((field << 3) | 2), varint(value.length), value]);
}

/** An integer: wire type 0. */
function number(field: number, value: number): Uint8Array {
  return join([varint(field << 3), varint(value)]);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    digits.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) return Uint8Array.from(digits);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
