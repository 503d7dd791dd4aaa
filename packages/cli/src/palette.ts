/**
 * One colour per class, chosen so that most colour-blind people can tell them apart.
 *
 * @see Okabe, Ito, Color Universal Design (2008)
 */
const palette: readonly string[] = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#999999',
];

/** One character per class, for output without colours. */
const marks: readonly string[] = ['.', 'o', '#', '+', '~', '=', 'x', '%'];

export const colourOf = (label: number): string => palette[label % palette.length]!;
export const markOf = (label: number): string => marks[label % marks.length]!;
