import { expect, test } from 'vitest';
import { coreVersionFile, coreVersionText } from './core-version.ts';

test('the core says the version that its package.json has', () => {
  expect(coreVersionFile()).toBe(coreVersionText());
});
