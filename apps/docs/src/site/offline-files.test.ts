import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { offlineFiles, writeOfflineFiles } from './offline-files.ts';

let site: string;
beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'nn-docs-'));
  mkdirSync(join(site, 'a/b'), { recursive: true });
  mkdirSync(join(site, 'playground'));
  for (const file of [
    'index.html',
    'a/b/index.html',
    'a/x.css',
    'a/x.css.gz',
    'font.woff',
    'font.woff2',
    'playground/index.html',
  ]) {
    writeFileSync(join(site, file), file);
  }
});
afterEach(() => rmSync(site, { recursive: true }));

const version = (): string => /"version":"([^"]+)"/.exec(readFileSync(join(site, 'offline-files.js'), 'utf8'))![1]!;

test('the list has each page by its address and each file once', () => {
  expect(offlineFiles(site)).toEqual(['/', '/a/b/', '/a/x.css', '/font.woff2']);
});

test('the version changes when a listed file changes, and only then', () => {
  writeOfflineFiles(site);
  const before = version();
  writeFileSync(join(site, 'font.woff'), 'other');
  writeOfflineFiles(site);
  expect(version()).toBe(before);
  writeFileSync(join(site, 'a/x.css'), 'other');
  writeOfflineFiles(site);
  expect(version()).not.toBe(before);
});
