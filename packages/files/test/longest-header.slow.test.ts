import { decodeSafetensors, encodeSafetensors, FormatError } from '@nn/files';
import { expect, test } from 'vitest';

const longest = 100_000_000;

/** A string that makes a header of this many bytes before padding. */
const text = (header: number): string => 'a'.repeat(header - '{"__metadata__":{"text":""}}'.length);

test('a header of 100,000,000 bytes is written and read', () => {
  const bytes = encodeSafetensors({}, { metadata: { text: text(longest) } });
  expect(bytes.length).toBe(8 + longest);
  expect(decodeSafetensors(bytes).metadata['text']).toHaveLength(text(longest).length);
});

test('a longer one is not written', () => {
  expect(() => encodeSafetensors({}, { metadata: { text: text(longest + 1) } })).toThrow(
    new RangeError(
      'encodeSafetensors: names, shapes and metadata take 100000001 bytes, the format allows 100000000. ' +
        'Shorten the metadata, or split the tensors between files.',
    ),
  );
});

test('a longer one is not read', () => {
  const bytes = new Uint8Array(8 + longest + 1).fill(0x20);
  bytes[8] = 0x7b;
  bytes[9] = 0x7d;
  new DataView(bytes.buffer).setBigUint64(0, BigInt(longest + 1), true);
  expect(() => decodeSafetensors(bytes)).toThrow(FormatError);
  expect(() => decodeSafetensors(bytes)).toThrow(
    'the length of the header, at most 100000000 in a file of 100000009 bytes',
  );
});
