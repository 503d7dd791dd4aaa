import type { FormatFault } from '../format-error.ts';
import { damage } from './damage.ts';

/**
 * Reads a JSON text from front to end, each piece being of the kind that the format wants there.
 *
 * Stricter than JSON.parse, which keeps the last of two equal keys in silence, and never deeper than its caller goes.
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
      if (keys.has(key)) this.fail('name', `each key once, but ${quoted(key)} comes again`, position);
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
    if (this.#text[start] !== '"') this.fail('syntax', `a text in quotes, got ${this.#found()}`);
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const value = parsed(this.#text.slice(start, end + 1));
    if (value === undefined)
      this.fail('syntax', 'a text up to its closing quote, of characters that JSON allows', start);
    // Half of a character cannot be written in UTF-8, so no other program could read it.
    if (/\p{Surrogate}/u.test(value)) this.fail('text', 'whole characters, got half of one', start);
    this.#at = end + 1;
    return value;
  }

  /** A whole number from 0 on that a double holds exactly. */
  integer(): number {
    const start = this.position;
    const digits = this.#match(/0|[1-9]\d*/y);
    if (digits === '') this.fail('syntax', `a whole number from 0 on, got ${this.#found()}`);
    if (!Number.isSafeInteger(Number(digits))) this.fail('syntax', 'a whole number below 2⁵³, got a larger one', start);
    return Number(digits);
  }

  /** Nothing more than the spaces that pad a header. */
  end(): void {
    this.#match(/ */y);
    if (this.#at < this.#text.length) this.fail('syntax', `only spaces after the last bracket, got ${this.#found()}`);
  }

  /** @param position  where in the text the rule is broken */
  fail(code: FormatFault, expected: string, position: number = this.#at, mend?: string): never {
    const before = new TextEncoder().encode(this.#text.slice(0, position)).length;
    throw damage(code, this.#start + before, expected, mend);
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

/** A name as it can stand in a message, however long and strange it is. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
