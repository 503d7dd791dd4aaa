import { describe } from './errors.ts';

/**
 * Gives the options back when the function knows every one of them. A misspelt option would otherwise do nothing.
 *
 * @param caller   the function that takes the options
 * @param options  what its caller passed
 * @param known    the names of all options
 * @param hints    for names that often stand here by mistake: what to write instead
 * @throws TypeError when the options are no object, or one of them is unknown
 * @example checkOptions('adam', { decay: 0.1 }, ['decay', 'learningRate']).decay   // 0.1
 */
export function checkOptions<Options extends object>(
  caller: string,
  options: Options,
  known: readonly string[],
  hints: Readonly<Record<string, string>> = {},
): Options {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `${caller}: options must be an object, got ${describe(options)}. Write { ${known[0] ?? ''}: … } with names.`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = Object.hasOwn(hints, name) && hints[name];
    const fix = hint || (near ? `Did you mean ${near}?` : 'Leave it out.');
    throw new TypeError(`Unknown option '${name}' of ${caller}. It takes ${known.join(', ')}. ${fix}`);
  }
  return options;
}

/** The known name that shares the most letters with a name, in order: `lr` means learningRate, `beta_1` beta1. */
function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestLikeness = 0;
  for (const candidate of known) {
    const [a, b] = [letters(name), letters(candidate)];
    const shared = sharedLetters(a, b);
    const likeness = shared / (a.length + b.length);
    // Two thirds of the shorter name, and the first letter, as in an abbreviation, or a longer piece.
    const fits = 3 * shared >= 2 * Math.min(a.length, b.length) && (a[0] === b[0] || shared > 3);
    if (fits && likeness > bestLikeness) [best, bestLikeness] = [candidate, likeness];
  }
  return best;
}

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');

/** The length of the longest common subsequence. The edit distance without replacement is a.length + b.length − 2 · it. */
function sharedLetters(a: string, b: string): number {
  const row: number[] = new Array(b.length + 1).fill(0);
  for (const letter of a) {
    let diagonal = 0;
    for (let at = 1; at <= b.length; at++) {
      const above = row[at]!;
      row[at] = letter === b[at - 1] ? diagonal + 1 : Math.max(above, row[at - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}
