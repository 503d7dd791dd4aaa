import { type Description, type FileParts, putTogether, withHeader } from './file-parts.ts';

/** Makes one change to a valid file; undefined where the file has nothing to change in this way. */
type Change = (parts: FileParts, pick: number) => Uint8Array | undefined;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Changes the header's entry of one tensor. */
function described(change: (description: Description, pick: number) => object | string | undefined): Change {
  return ({ fields, numbers }, pick) => {
    const places = fields.flatMap(([name], place) => (name === '"__metadata__"' ? [] : [place]));
    const place = places[pick % places.length];
    if (place === undefined) return undefined;
    const [name, value] = fields[place]!;
    const changed = change(JSON.parse(value) as Description, pick);
    if (changed === undefined) return undefined;
    const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
    return putTogether({ fields: fields.with(place, [name, text]), numbers });
  };
}

/** Writes another shape, as JSON. */
const shaped = (shape: (lengths: readonly number[]) => string | undefined): Change =>
  described(({ dtype, shape: lengths, data_offsets: [begin, end] }) => {
    const text = shape(lengths);
    return text === undefined ? undefined : `{"dtype":"${dtype}","shape":${text},"data_offsets":[${begin},${end}]}`;
  });

/** Replaces the whole header. */
const headed =
  (change: (text: string) => string | Uint8Array | undefined): Change =>
  ({ fields, numbers }) => {
    const bytes = putTogether({ fields, numbers: new Uint8Array() });
    const changed = change(new TextDecoder().decode(bytes.subarray(8)));
    if (changed === undefined) return undefined;
    return withHeader(typeof changed === 'string' ? bytesOf(changed) : changed, numbers);
  };

const claimed =
  (length: (header: number) => bigint): Change =>
  (parts) => {
    const bytes = putTogether(parts);
    new DataView(bytes.buffer).setBigUint64(0, length(bytes.length - 8 - parts.numbers.length), true);
    return bytes;
  };

/** Each of these breaks one rule of the format. */
export const breaks: Readonly<Record<string, Change>> = {
  'cut off': (parts, pick) => {
    const bytes = putTogether(parts);
    return bytes.subarray(0, pick % bytes.length);
  },
  'too long': ({ fields, numbers }, pick) =>
    putTogether({ fields, numbers: Uint8Array.of(...numbers, ...new Uint8Array(1 + (pick % 9))) }),
  'header of 2⁶³ bytes': claimed(() => 2n ** 63n),
  'header of 2⁵³ + 1 bytes': claimed(() => 2n ** 53n + 1n),
  'header of no bytes': claimed(() => 0n),
  'header shorter than it is': claimed((header) => BigInt(header - 1)),
  'a byte order mark': (parts) => putTogether(parts, { before: '\uFEFF' }),
  'a space first': (parts) => putTogether(parts, { before: ' ' }),
  'NUL as padding': (parts) => putTogether(parts, { after: '\u0000' }),
  'a line break as padding': (parts) => putTogether(parts, { after: '\n' }),
  'a second header': (parts) => putTogether(parts, { after: '{}' }),
  'a header in UTF-16': headed((text) => Uint8Array.from(Buffer.from(text, 'utf16le'))),
  'a header that is not UTF-8': headed((text) =>
    Uint8Array.of(...bytesOf(`${text.slice(0, -1)},"`), 0xc3, ...bytesOf('":{}}')),
  ),
  'a list as header': headed((text) => `[${text}]`),
  'an extra comma': headed((text) => text.replace(/\}$/, ',}')),
  'a missing bracket': headed((text) => text.slice(0, -1)),
  'a comment': headed((text) => text.replace('{', '{/**/')),
  'an unpaired surrogate': headed(
    (text) =>
      `${text.slice(0, -1)}${text === '{}' ? '' : ','}"\\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`,
  ),
  'a name twice': ({ fields, numbers }, pick) =>
    fields.length === 0 ? undefined : putTogether({ fields: [...fields, fields[pick % fields.length]!], numbers }),
  'a name twice, escaped differently': ({ fields, numbers }, pick) => {
    const [name = '""', value] = fields[pick % fields.length] ?? [];
    if (value === undefined || name.length < 3 || name === '"__metadata__"') return undefined;
    const spelt = Array.from(JSON.parse(name) as string).flatMap((sign) =>
      Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`),
    );
    return putTogether({ fields: [...fields, [`"${spelt.join('')}"`, value]], numbers });
  },
  'metadata twice': ({ fields, numbers }) =>
    putTogether({
      fields: [
        ['"__metadata__"', '{}'],
        ['"__metadata__"', '{}'],
        ...fields.filter(([name]) => name !== '"__metadata__"'),
      ],
      numbers,
    }),
  'metadata with a key twice': ({ fields, numbers }) =>
    putTogether({
      fields: [['"__metadata__"', '{"a":"1","a":"1"}'], ...fields.filter(([name]) => name !== '"__metadata__"')],
      numbers,
    }),
  'metadata that are not strings': ({ fields, numbers }) =>
    putTogether({
      fields: [['"__metadata__"', '{"a":1}'], ...fields.filter(([name]) => name !== '"__metadata__"')],
      numbers,
    }),
  'a dtype twice': described(
    ({ dtype, shape, data_offsets }) =>
      `{"dtype":"${dtype}","dtype":"${dtype}","shape":${JSON.stringify(shape)},"data_offsets":${JSON.stringify(data_offsets)}}`,
  ),
  'an unknown dtype': described((description) => ({ ...description, dtype: 'F31' })),
  'a dtype named like a method': described((description) => ({ ...description, dtype: 'constructor' })),
  'a wider dtype': described((description) =>
    description.data_offsets[0] === description.data_offsets[1] || description.dtype === 'F64'
      ? undefined
      : { ...description, dtype: 'F64' },
  ),
  'no dtype': described(({ shape, data_offsets }) => ({ shape, data_offsets })),
  'no shape': described(({ dtype, data_offsets }) => ({ dtype, data_offsets })),
  'no offsets': described(({ dtype, shape }) => ({ dtype, shape })),
  'an unknown key': described((description) => ({ ...description, strides: [1] })),
  'a longer shape': shaped((lengths) => (lengths.includes(0) ? undefined : JSON.stringify([...lengths, 2]))),
  'a negative length': shaped((lengths) => JSON.stringify([...lengths, -1])),
  'a fraction as length': shaped((lengths) => `[${[...lengths, '1.0'].join(',')}]`),
  'an exponent in a length': shaped((lengths) => `[${[...lengths, '1e0'].join(',')}]`),
  'a length with a zero before it': shaped((lengths) => `[${[...lengths, '01'].join(',')}]`),
  'a string as length': shaped((lengths) => JSON.stringify([...lengths, '1'])),
  'a length left out': shaped((lengths) => `[,${lengths.join(',')}]`),
  'lengths whose product overflows': shaped((lengths) => JSON.stringify([2 ** 32, 2 ** 32, ...lengths, 0])),
  'a length beyond exact doubles': shaped((lengths) => `[${[...lengths, '9007199254740993', 0].join(',')}]`),
  'three offsets': described(({ data_offsets, ...rest }) => ({ ...rest, data_offsets: [...data_offsets, 0] })),
  'offsets in reverse order': described(({ data_offsets: [begin, end], ...rest }) =>
    begin === end ? undefined : { ...rest, data_offsets: [end, begin] },
  ),
  'an overlap': described(({ data_offsets: [begin, end], ...rest }) =>
    begin === 0 || begin === end ? undefined : { ...rest, data_offsets: [begin - 1, end - 1] },
  ),
  'a tensor out of the file': described(({ data_offsets: [begin, end], ...rest }) => ({
    ...rest,
    data_offsets: [begin + 2 ** 40, end + 2 ** 40],
  })),
  'a gap': ({ fields, numbers }) => {
    const moved = fields.map(([name, value]) => {
      if (name === '"__metadata__"') return [name, value] as const;
      const {
        data_offsets: [begin, end],
        ...rest
      } = JSON.parse(value) as Description;
      return [name, JSON.stringify({ ...rest, data_offsets: [begin + 1, end + 1] })] as const;
    });
    return putTogether({ fields: moved, numbers: Uint8Array.of(0, ...numbers) });
  },
  'a bool of 2': ({ fields, numbers }) => {
    const bool = fields
      .map(([, value]) => JSON.parse(value) as Partial<Description>)
      .find(({ dtype, data_offsets: [begin, end] = [0, 0] }) => dtype === 'BOOL' && end > begin);
    return bool ? putTogether({ fields, numbers: numbers.with(bool.data_offsets![0], 2) }) : undefined;
  },
};

/** Each of these leaves the file valid and its content the same. */
export const respellings: Readonly<Record<string, Change>> = {
  'nothing changed': (parts) => putTogether(parts),
  'padded with spaces': (parts, pick) => putTogether(parts, { after: ' '.repeat(pick % 20) }),
  'entries in reverse order': ({ fields, numbers }) => putTogether({ fields: fields.toReversed(), numbers }),
  'white space everywhere': ({ fields, numbers }) =>
    putTogether({ fields: fields.map(([name, value]) => [`\n\t${name} `, ` \r\n${value} `] as const), numbers }),
  'keys in another order': described(({ dtype, shape, data_offsets }) => ({ data_offsets, dtype, shape })),
  'escapes in names': ({ fields, numbers }) =>
    putTogether({ fields: fields.map(([name, value]) => [name.replaceAll('a', '\\u0061'), value] as const), numbers }),
};
