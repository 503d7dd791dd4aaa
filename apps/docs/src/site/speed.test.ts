import { expect, test } from 'vitest';
import { speedHtml, speedTable } from './speed.ts';

test('the table is the one of the README, and names this library', () => {
  expect(speedTable()).toContain('this library, compiled');
  expect(speedHtml()).toMatch(/^<table><thead><tr>.*this library, compiled.*<\/table>$/s);
  expect(speedHtml()).not.toContain('---');
});

test('a README that has lost its table is an error', () => {
  expect(() => speedTable('**In speed.** We are fast.')).toThrow('README.md has no table');
  expect(() => speedTable('| a | b |\n')).toThrow('README.md has no table');
});
