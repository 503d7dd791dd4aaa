import { fromTypedArray, type Tensor, type TypedArray } from '@nn/tensor';
import * as fc from 'fast-check';
import type { SafetensorsFile } from '@nn/files';

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array };
const unusualNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '0',
  '',
  'a\u0000b',
  '"',
  '\\',
  '重み',
  '\u{1f600}',
  '\uFEFF',
];

const names = fc.oneof(fc.constantFrom(...unusualNames), fc.string({ unit: 'binary', maxLength: 8 }));

const tensors: fc.Arbitrary<Tensor> = fc
  .record({
    dtype: fc.constantFrom('float32', 'float64', 'int32', 'bool'),
    shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    bytes: fc.uint8Array({ minLength: 27 * 8, maxLength: 27 * 8 }),
  })
  .map(({ dtype, shape, bytes }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const valid = dtype === 'bool' ? bytes.map((byte) => byte & 1) : bytes;
    const array: TypedArray = new arrays[dtype](valid.slice().buffer).slice(0, size);
    return fromTypedArray(array, shape, { dtype });
  });

function record<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  const made = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) made[name] = value;
  return made;
}

const entriesOf = <Value>(values: fc.Arbitrary<Value>, maxLength: number): fc.Arbitrary<Record<string, Value>> =>
  fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength }).map(record);

/** Random files: up to four tensors of any name, shape and bits, and up to two metadata strings. */
export const sampleFiles: fc.Arbitrary<SafetensorsFile> = fc.record(
  { tensors: entriesOf(tensors, 4), metadata: entriesOf(fc.string({ unit: 'binary', maxLength: 8 }), 2) },
  { noNullPrototype: true },
);
