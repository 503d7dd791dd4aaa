import { expect, test } from 'vitest';
import { processTerminal } from './terminal.ts';

const stream = (isTTY: boolean): NodeJS.WriteStream =>
  ({ isTTY, columns: 100, write: () => true }) as unknown as NodeJS.WriteStream;

test('colours need a terminal, NO_COLOR turns them off, FORCE_COLOR on', () => {
  expect(processTerminal(stream(true), {}).colours).toBe(true);
  expect(processTerminal(stream(false), {}).colours).toBe(false);
  expect(processTerminal(stream(true), { NO_COLOR: '1' }).colours).toBe(false);
  expect(processTerminal(stream(true), { NO_COLOR: '' }).colours).toBe(true);
  expect(processTerminal(stream(false), { FORCE_COLOR: '1' }).colours).toBe(true);
});

test('only a terminal that can move its cursor is interactive', () => {
  expect(processTerminal(stream(true), {}).interactive).toBe(true);
  expect(processTerminal(stream(true), { TERM: 'dumb' }).interactive).toBe(false);
  expect(processTerminal(stream(false), {}).interactive).toBe(false);
});
