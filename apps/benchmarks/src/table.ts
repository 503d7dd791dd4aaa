/**
 * A table in Markdown, its columns aligned so that it reads well as text too.
 *
 * @param header  the titles; a title that begins with a space is over numbers and aligned to the right
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = header.map((title) => title.trim());
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const toTheRight = header.map((title) => title.startsWith(' '));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (toTheRight[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join(' | ')} |`;
  const rule = widths.map((width, at) => (toTheRight[at] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2)));
  return [line(titles), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}

/** Three digits that count: 0.0412, 1.25, 41.2, 4,120. */
export function figure(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A time in the unit that suits it. */
export function duration(seconds: number): string {
  if (seconds < 1e-3) return `${figure(seconds * 1e6)} µs`;
  return seconds < 1 ? `${figure(seconds * 1e3)} ms` : `${figure(seconds)} s`;
}
