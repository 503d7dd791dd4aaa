import { MagicString } from 'magic-string';
import { parsedModule } from './parsed-module.ts';

/** What bundlers and shells read, and the names of the files that the lines after them come from. */
const kept = /[#@]__|^#!|^\/\/ \S+\.ts$/;

/**
 * Takes the comments out of a module that fill lines of their own: types and sources travel with them, and engines are
 * to load what runs. A single letter in them that is not Latin would double what the whole module takes in memory.
 *
 * @param code  a module as ESBuild writes it
 */
export function withoutComments(code: string): MagicString {
  const text = new MagicString(code);
  for (const { start, end } of parsedModule(code).comments) {
    const line = code.lastIndexOf('\n', start) + 1;
    const fillsLines = code.slice(line, start).trim() === '' && code[end] === '\n';
    if (fillsLines && !kept.test(code.slice(start, end))) text.remove(line, end + 1);
  }
  return text;
}
