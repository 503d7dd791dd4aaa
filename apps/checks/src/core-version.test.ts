import { expect, test } from 'vitest';
import { coreVersionFile, coreVersionText } from './core-version.ts';

test('the version in the source of the core is that of its package.json', () => {
  expect(coreVersionFile()).toBe(coreVersionText());
});
