import { afterEach, expect, test, vi } from 'vitest';
import { listenForInterruption } from './interruption.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Listens while the clock and the exit of the process are replaced. */
function listening() {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  const beforeExit = vi.fn<() => void>();
  return { clock, exit, beforeExit, interruption: listenForInterruption(beforeExit) };
}

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s asks to stop, with exit code %i', (signal, exitCode) => {
  const { interruption, exit } = listening();
  expect(interruption).toMatchObject({ requested: false, exitCode: 0 });
  process.emit(signal, signal);
  expect(interruption).toMatchObject({ requested: true, exitCode });
  expect(exit).not.toHaveBeenCalled();
  interruption.end();
});

test('a second Ctrl+C ends the process at once, but not one that is sent together with the first', () => {
  const { interruption, exit, beforeExit, clock } = listening();
  process.emit('SIGINT', 'SIGINT');
  process.emit('SIGINT', 'SIGINT');
  expect(exit).not.toHaveBeenCalled();
  clock.mockReturnValue(1501);
  process.emit('SIGINT', 'SIGINT');
  expect(beforeExit).toHaveBeenCalledOnce();
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  interruption.end();
});

test('a terminal that is closed may send SIGHUP and SIGTERM again without ending the save', () => {
  const { interruption, exit, clock } = listening();
  process.emit('SIGHUP', 'SIGHUP');
  clock.mockReturnValue(5000);
  process.emit('SIGHUP', 'SIGHUP');
  process.emit('SIGTERM', 'SIGTERM');
  expect(exit).not.toHaveBeenCalled();
  expect(interruption.exitCode).toBe(129);
  interruption.end();
});

test('nothing is listened to after the end', () => {
  const before = process.listenerCount('SIGHUP');
  const { interruption } = listening();
  interruption.end();
  expect(process.listenerCount('SIGHUP')).toBe(before);
});
