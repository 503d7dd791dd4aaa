import { type Settings, settingsSchema, defaultSettings } from './schema.ts';

/** The result of decoding a link. */
export interface DecodedLink {
  readonly settings: Settings;
  /** One sentence for each value that could not be read. */
  readonly errors: readonly string[];
}

/** The version of the link format. Other versions are not read. */
const version = 'v1';
/** Limit of the decompressed size, far above that of any settings. */
const maxBytes = 65_536;

/** Encodes settings as the fragment of a URL without `#`: `v1.` and the compressed JSON in base64url. */
export async function encodeLink(settings: Settings): Promise<string> {
  const text = new Blob([JSON.stringify(settings)]);
  const packed = await new Response(text.stream().pipeThrough(new CompressionStream('deflate-raw'))).bytes();
  return `${version}.${toBase64Url(packed)}`;
}

/**
 * Decodes the settings of a link. Missing fields get their defaults; invalid fields are reported in `errors`. Never throws.
 *
 * @param hash  the fragment of the URL with `#`, or an empty string
 */
export async function decodeLink(hash: string): Promise<DecodedLink> {
  const text = hash.replace(/^#/, '');
  if (text === '') return { settings: defaultSettings, errors: [] };
  const [, form, packed] = /^(v\d{1,6})\.([\w-]*)$/.exec(text) ?? [];
  if (form === undefined || packed === undefined) {
    return unusable('This is not a link of the playground, or a part of it is missing.');
  }
  if (form !== version) {
    return unusable(
      `This link has format ${form}, which this playground does not support: reload the page to update it.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(await unpack(packed));
  } catch {
    return unusable('This link is damaged: it cannot be decompressed.');
  }
  const errors: string[] = [];
  const settings = settingsSchema.read(value, '', errors);
  return { settings, errors };
}

function unusable(sentence: string): DecodedLink {
  return { settings: defaultSettings, errors: [`${sentence} The default settings are used.`] };
}

async function unpack(packed: string): Promise<string> {
  const source = new Blob([fromBase64Url(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = source.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new RangeError(`A link must decompress to at most ${maxBytes} bytes.`);
    }
    parts.push(next.value);
  }
  return new Blob(parts).text();
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
