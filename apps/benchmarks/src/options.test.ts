import { expect, test } from 'vitest';
import { readOptions, UsageError } from './options.ts';

const names = ['spiral-sgd', 'spiral-adam', 'xor', 'bundle', 'patterns/exp/float32', 'patterns/exp/float64'];

test('without options everything is measured', () => {
  expect(readOptions([], names)).toEqual({ only: names, rounds: 15, milliseconds: 100, starts: 9, save: false });
});

test('--only takes prefixes of names, and keeps their order', () => {
  expect(readOptions(['--only', 'xor,spiral'], names)).toMatchObject({ only: ['spiral-sgd', 'spiral-adam', 'xor'] });
});

test('--quick is short, and other options override it', () => {
  expect(readOptions(['--quick'], names)).toMatchObject({ rounds: 3, milliseconds: 40, starts: 3 });
  expect(readOptions(['--quick', '--rounds', '9'], names)).toMatchObject({ rounds: 9, milliseconds: 40 });
});

test('--help, --list and --tables take precedence', () => {
  expect(readOptions(['--help', '--only', 'nothing'], names)).toBe('help');
  expect(readOptions(['--list'], names)).toBe('list');
  expect(readOptions(['--tables'], names)).toBe('tables');
});

test('--save takes a whole run, or all patterns', () => {
  expect(readOptions(['--save'], names)).toMatchObject({ save: true, only: names });
  expect(readOptions(['--save', '--only', 'patterns'], names)).toMatchObject({ save: true, only: names.slice(4) });
});

test.each([
  [['--qick'], /Unknown option '--qick'/],
  [['spiral'], /Unexpected argument 'spiral'/],
  [
    ['--only', 'tanh'],
    /no measurement has a name that begins with "tanh". There are spiral-sgd, spiral-adam, xor, bundle, patterns\./,
  ],
  [['--only', ''], /begins with ""/],
  [['--rounds', '0'], /--rounds must be an integer from 1 to 10000, got "0"/],
  [['--turn', '1.5'], /--turn must be an integer/],
  [['--save', '--only', 'xor'], /Only a whole run, or all patterns, can be saved/],
  [['--save', '--only', 'patterns/exp/float32'], /Only a whole run, or all patterns, can be saved/],
  [['--save', '--only', 'patterns,xor'], /Only a whole run, or all patterns, can be saved/],
  [['--save', '--quick'], /Only a whole run, or all patterns, can be saved/],
])('%j is refused', (words, message) => {
  expect(() => readOptions(words, names)).toThrow(UsageError);
  expect(() => readOptions(words, names)).toThrow(message);
});
