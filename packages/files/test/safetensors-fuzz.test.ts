import { decodeSafetensors, encodeSafetensors, FormatError, type FormatFault } from '@nn/files';
import { fromTypedArray, tensor, type Tensor } from '@nn/tensor';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breaks, respellings } from './changes.ts';
import { type Description, putTogether, takeApart, withHeader } from './file-parts.ts';
import { type Decode, faultOf, written } from './oracle.ts';
import { sampleFiles } from './sample-files.ts';

/** The first fault of a decoder on valid files, files that break one rule, and files with some bytes changed. */
function faultFound(decode: Decode): string | undefined {
  let fault: string | undefined;
  const property = fc.property(
    sampleFiles,
    fc.constantFrom(...Object.keys(breaks), ...Object.keys(respellings), 'bytes changed'),
    fc.nat(),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    (file, change, pick, places) => {
      const bytes = encodeSafetensors(file.tensors, { metadata: file.metadata });
      let found: string | undefined;
      if (change === 'bytes changed') {
        for (const [place, byte] of places) bytes[place % bytes.length] = byte;
        found = faultOf(decode, bytes);
      } else {
        const changed = (breaks[change] ?? respellings[change])?.(takeApart(bytes), pick);
        if (changed) found = faultOf(decode, changed, change in breaks ? 'refused' : written(file));
      }
      if (found !== undefined) fault = `${change}: ${found}`;
      return found === undefined;
    },
  );
  const { failed, errorInstance } = fc.check(property, { seed: 20261124, numRuns: 4000, endOnFailure: true });
  return failed ? (fault ?? String(errorInstance)) : undefined;
}

/** A decoder that silently repairs one kind of fault. */
function overlooking(code: FormatFault, repair: (bytes: Uint8Array, offset: number) => readonly Uint8Array[]): Decode {
  return (bytes) => {
    try {
      return decodeSafetensors(bytes);
    } catch (error) {
      if (!(error instanceof FormatError) || error.code !== code) throw error;
      for (const repaired of repair(bytes, error.offset)) {
        try {
          return decodeSafetensors(repaired);
        } catch {
          // This repair does not fit.
        }
      }
      throw error;
    }
  };
}

/** A decoder that throws something else where the right one throws a FormatError. */
function throwing(instead: (error: FormatError) => Error): Decode {
  return (bytes) => {
    try {
      return decodeSafetensors(bytes);
    } catch (error) {
      throw error instanceof FormatError ? instead(error) : error;
    }
  };
}

/** A decoder that changes some tensors. */
function reading(change: (name: string, tensor: Tensor) => Tensor): Decode {
  return (bytes) => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    for (const [name, tensor] of Object.entries(tensors)) tensors[name] = change(name, tensor);
    return { tensors, metadata };
  };
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Decoders with one fault each, of kinds that occur in other libraries. */
const planted: Readonly<Record<string, Decode>> = {
  'lets the errors of typed arrays through': throwing((error) =>
    error.code === 'span' ? new RangeError('offset is out of bounds') : error,
  ),
  'points beyond the file': throwing(
    (error) => new FormatError(error.message, { code: error.code, offset: error.offset + 2 ** 40 }),
  ),
  'keeps the last of two equal names': overlooking('name', (bytes) => [putTogether(takeApart(bytes))]),
  'fills a truncated file with zeros': overlooking('length', (bytes) =>
    upTo(16).map((more) => Uint8Array.of(...bytes, ...new Uint8Array(more))),
  ),
  'ignores bytes after the last tensor': overlooking('length', (bytes) =>
    upTo(16).map((less) => bytes.subarray(0, -less)),
  ),
  'skips a byte order mark': overlooking('syntax', (bytes) => {
    const length = new DataView(bytes.buffer).getBigUint64(0, true);
    const start = 8 + Number(length);
    return bytes[8] === 0xef ? [withHeader(bytes.subarray(11, start), bytes.subarray(start))] : [];
  }),
  'ignores a gap before the first tensor': overlooking('span', (bytes) => {
    const { fields, numbers } = takeApart(bytes);
    const moved = fields.map(([name, value]) => {
      const { data_offsets: [begin, end] = [1, 1], ...rest } = JSON.parse(value) as Partial<Description>;
      return [
        name,
        name === '"__metadata__"' ? value : JSON.stringify({ ...rest, data_offsets: [begin - 1, end - 1] }),
      ] as const;
    });
    return [putTogether({ fields: moved, numbers: numbers.subarray(1) })];
  }),
  'accepts any byte as a bool': overlooking('value', (bytes, offset) => [bytes.with(offset, 1)]),
  'loses a tensor called __proto__': (bytes) => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const plain: Record<string, Tensor> = {};
    for (const name of Object.keys(tensors)) plain[name] = tensors[name]!;
    return { tensors: plain, metadata };
  },
  'reads float32 in the wrong byte order': reading((_, tensor) =>
    tensor.dtype === 'float32'
      ? fromTypedArray(
          new Float32Array(Uint8Array.from(Buffer.from(new Float32Array(tensor.data).buffer).swap32()).buffer),
          tensor.shape,
        )
      : tensor,
  ),
  'loses the sign of −0 and the bits of NaN': reading((_, tensor) => tensor.add(0)),
  'reads a scalar as a vector of length 1': reading((_, tensor) => (tensor.rank === 0 ? tensor.reshape([1]) : tensor)),
};

describe('fuzzing', () => {
  test('finds nothing wrong with the decoder', () => {
    expect(faultFound(decodeSafetensors)).toBeUndefined();
  });

  test.each(Object.entries(planted))('finds a decoder that %s', (_, decode) => {
    expect(faultFound(decode)).toBeDefined();
  });
});

describe('every rule of the format', () => {
  const file = {
    tensors: {
      weight: tensor([
        [1, 2],
        [3, 4],
      ]),
      mask: tensor([true, false]),
      alpha: tensor([0.5], { dtype: 'float64' }),
      count: tensor(3, { dtype: 'int32' }),
    },
    metadata: { made: 'here' },
  };
  const parts = takeApart(encodeSafetensors(file.tensors, { metadata: file.metadata }));

  // Each change is made to each of the four tensors of the file.
  test.each(Object.keys(breaks))('%s is refused', (name) => {
    const changed = [0, 1, 2, 3].map((pick) => breaks[name]!(parts, pick)).filter((bytes) => bytes !== undefined);
    expect(changed.length).toBeGreaterThan(0);
    for (const bytes of changed) expect(faultOf(decodeSafetensors, bytes, 'refused')).toBeUndefined();
  });

  test.each(Object.keys(respellings))('%s changes nothing', (name) => {
    for (const pick of [0, 1, 2, 3]) {
      const changed = respellings[name]!(parts, pick);
      expect(changed && faultOf(decodeSafetensors, changed, written(file))).toBeUndefined();
    }
  });

  test('a file cut off at any byte is refused', () => {
    const bytes = putTogether(parts);
    for (let end = 0; end < bytes.length; end++) {
      expect(faultOf(decodeSafetensors, bytes.subarray(0, end), 'refused'), `cut off at ${end}`).toBeUndefined();
    }
  });

  test('a file with any bit flipped is refused, or is the same after saving and reading again', () => {
    const bytes = putTogether(parts);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));
      expect(faultOf(decodeSafetensors, flipped), `bit ${bit}`).toBeUndefined();
    }
  });
});
