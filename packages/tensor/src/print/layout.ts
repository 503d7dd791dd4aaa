/** The widest line, in characters. */
const lineWidth = 75;

/** Words in brackets, one after the other, on a new line wherever the next one would stand past the margin. */
function wrapped(words: readonly string[], indent: string): string {
  // Every bracket that is open will need its place at the end of the line.
  const margin = lineWidth - indent.length;
  let text = '';
  let line = indent;
  words.forEach((word, index) => {
    if (line.length + word.length > margin && line.length > indent.length) {
      text += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += index < words.length - 1 ? `${word} ` : word;
  });
  return `[${(text + line).slice(indent.length)}]`;
}

/**
 * Nested brackets around texts that come in row-major order, innermost rows wrapped, one empty line more between
 * blocks for each axis that they span.
 *
 * @param places  for each axis which positions are shown; −1 stands for those left out
 */
export function layout(texts: readonly string[], places: readonly (readonly number[])[]): string {
  let next = 0;
  const block = (axis: number): string => {
    const indent = ' '.repeat(axis + 1);
    const below = places.length - 1 - axis;
    const parts = places[axis]!.map((place) => (place < 0 ? '...' : below > 0 ? block(axis + 1) : texts[next++]!));
    return below > 0 ? `[${parts.join('\n'.repeat(below) + indent)}]` : wrapped(parts, indent);
  };
  return block(0);
}
