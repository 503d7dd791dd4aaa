import { expect, test } from 'vitest';
import { classAt, type Regions } from './regions.ts';
import { terminalPicture } from './terminal-picture.ts';

// Two by two cells: classes 0 and 1 above, 1 and 0 below.
const regions: Regions = { columns: 2, rows: 2, classes: 2, logits: [2, 1, 0, 1, -1, 5, 3, 3] };

test('a cell belongs to the class with the largest logit, the first of equal ones', () => {
  expect([0, 1, 2, 3].map((cell) => classAt(regions, cell))).toEqual([0, 1, 1, 0]);
});

test('without colours each class has its mark', () => {
  expect(terminalPicture(regions, { colours: false })).toBe('.o\n');
});

test('with colours a character shows two cells, and the colours are reset at the end of the line', () => {
  const blue = '0;114;178';
  const orange = '230;159;0';
  expect(terminalPicture(regions, { colours: true })).toBe(
    `\u001b[38;2;${blue};48;2;${orange}m▀\u001b[38;2;${orange};48;2;${blue}m▀\u001b[0m\n`,
  );
});
