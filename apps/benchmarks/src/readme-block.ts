/**
 * A text with the content between the markers of a block replaced: `<!-- speed -->` … `<!-- /speed -->`.
 *
 * @throws Error when the text has no such block
 */
export function withBlock(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`There is no block between ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}
