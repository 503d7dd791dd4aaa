import type { FormatFault } from '../format-error.ts';
import { malformed } from './malformed.ts';

/**
 * Reads JSON from front to end; the caller says which kind of value comes next.
 *
 * Stricter than JSON.parse, which silently keeps the last of two equal keys. It recurses no deeper than its caller does.
 */
export class JsonReader {
  readonly #text: string;
  readonly #start: number;
  #at = 0;

  /** @param start  the byte of the file at which the text begins */
  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  /** The position in the text from which to read next. */
  get position(): number {
    this.#skipSpace();
    return this.#at;
  }

  /** `{"key": …, "key": …}`: `entry` reads the value of each key. */
  object(entry: (key: string, position: number) => void): void {
    const keys = new Set<string>();
    this.#listed('{', '}', () => {
      const position = this.position;
      const key = this.string();
      if (keys.has(key)) this.fail('name', `each key once, got ${quoted(key)} twice`, position);
      keys.add(key);
      this.#expect(':');
      entry(key, position);
    });
  }

  /** `[…, …]`: `item` reads each element. */
  array(item: () => void): void {
    this.#listed('[', ']', item);
  }

  string(): string {
    const start = this.position;
    if (this.#text[start] !== '"') this.fail('syntax', `a string in quotes, got ${this.#found()}`);
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const value = parsed(this.#text.slice(start, end + 1));
    if (value === undefined)
      this.fail('syntax', 'a string with a closing quote and only characters that JSON allows', start);
    // UTF-8 cannot encode an unpaired surrogate, so no other program could read it.
    if (/\p{Surrogate}/u.test(value)) this.fail('text', 'whole characters, got an unpaired surrogate', start);
    this.#at = end + 1;
    return value;
  }

  /** A non-negative integer that a double represents exactly. */
  integer(): number {
    const start = this.position;
    const digits = this.#match(/0|[1-9]\d*/y);
    if (digits === '') this.fail('syntax', `a non-negative integer, got ${this.#found()}`);
    if (!Number.isSafeInteger(Number(digits))) this.fail('syntax', 'an integer below 2⁵³, got a larger one', start);
    return Number(digits);
  }

  /** Nothing but the spaces that pad a header. */
  end(): void {
    this.#match(/ */y);
    if (this.#at < this.#text.length) this.fail('syntax', `only spaces after the last bracket, got ${this.#found()}`);
  }

  /** @param position  index in the text at which the rule is broken */
  fail(code: FormatFault, expected: string, position: number = this.#at, hint?: string): never {
    const before = new TextEncoder().encode(this.#text.slice(0, position)).length;
    throw malformed(code, this.#start + before, expected, hint);
  }

  #listed(open: string, close: string, item: () => void): void {
    this.#expect(open);
    if (this.#text[this.position] !== close) {
      item();
      while (this.#text[this.position] === ',') {
        this.#at++;
        item();
      }
    }
    this.#expect(close);
  }

  #expect(sign: string): void {
    if (this.#text[this.position] !== sign) this.fail('syntax', `${sign} here, got ${this.#found()}`);
    this.#at++;
  }

  #skipSpace(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #found(): string {
    return this.#at < this.#text.length ? quoted(this.#text[this.#at] ?? '') : 'the end of the header';
  }
}

function parsed(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** A name for a message: quoted, escaped, and cut when it is long. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
