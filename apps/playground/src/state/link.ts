import { type Settings, settingsSchema, usualSettings } from './schema.ts';

/** What a link was found to hold. */
export interface Opened {
  readonly settings: Settings;
  /** What could not be read, one sentence each. */
  readonly faults: readonly string[];
}

/** The form of links that is written; others are not read. */
const version = 'v1';
/** More than any settings need: what unpacks to more is not unpacked. */
const mostBytes = 65_536;

/** The settings as the part of an address after `#`: `v1.` and the packed settings. */
export async function encodeLink(settings: Settings): Promise<string> {
  const text = new Blob([JSON.stringify(settings)]);
  const packed = await new Response(text.stream().pipeThrough(new CompressionStream('deflate-raw'))).bytes();
  return `${version}.${toBase64Url(packed)}`;
}

/**
 * The settings of a link. What it does not say is as usual; what does not fit is named in `faults`, and never throws.
 *
 * @param hash  the part of the address from `#` on, or nothing
 */
export async function decodeLink(hash: string): Promise<Opened> {
  const text = hash.replace(/^#/, '');
  if (text === '') return { settings: usualSettings, faults: [] };
  const [, form, packed] = /^(v\d{1,6})\.([\w-]*)$/.exec(text) ?? [];
  if (form === undefined || packed === undefined) {
    return unusable('This link is none of the playground’s, or a part of it is missing.');
  }
  if (form !== version) {
    return unusable(`This link is of form ${form}, which this playground does not know: reload the page to renew it.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(await unpack(packed));
  } catch {
    return unusable('This link is damaged: what it holds cannot be unpacked.');
  }
  const faults: string[] = [];
  const settings = settingsSchema.read(value, '', faults);
  return { settings, faults };
}

function unusable(sentence: string): Opened {
  return { settings: usualSettings, faults: [`${sentence} The usual network is shown.`] };
}

async function unpack(packed: string): Promise<string> {
  const source = new Blob([fromBase64Url(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = source.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.length;
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new RangeError(`A link unpacks to at most ${mostBytes} bytes.`);
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
