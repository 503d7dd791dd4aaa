import { describe, expect, test } from 'vitest';
import { checkOptions } from './options.ts';

const adam = ['learningRate', 'decay', 'weightDecay', 'epsilon', 'beta1', 'beta2', 'amsgrad'];

describe('checkOptions', () => {
  test('returns options that are all known', () => {
    const options = { decay: 0.5, beta1: undefined };
    expect(checkOptions('adam', options, adam)).toBe(options);
    expect(checkOptions('adam', {}, [])).toEqual({});
  });

  test('refuses an unknown option, lists the known ones, and names the nearest', () => {
    expect(() => checkOptions('adam', { lr: 0.5 }, adam)).toThrow(
      new TypeError(
        "Unknown option 'lr' of adam. It takes learningRate, decay, weightDecay, epsilon, beta1, beta2, amsgrad. " +
          'Did you mean learningRate?',
      ),
    );
  });

  test.each([
    ['lr', 'learningRate'],
    ['learning_rate', 'learningRate'],
    ['learningrate', 'learningRate'],
    ['leraningRate', 'learningRate'],
    ['rate', 'learningRate'],
    ['eps', 'epsilon'],
    ['beta_1', 'beta1'],
    ['wd', 'weightDecay'],
    ['weight_decay', 'weightDecay'],
    ['AMSGrad', 'amsgrad'],
    ['dcay', 'decay'],
  ])('takes %s for %s', (typed, meant) => {
    expect(() => checkOptions('adam', { [typed]: 1 }, adam)).toThrow(`Did you mean ${meant}?`);
  });

  test.each([
    ['keepDims', ['axis', 'keepdims'], 'keepdims'],
    ['keep_dims', ['axis', 'keepdims'], 'keepdims'],
    ['n_samples', ['samples', 'classes', 'noise'], 'samples'],
    ['numClasses', ['samples', 'classes', 'noise'], 'classes'],
    ['useBias', ['weight', 'bias', 'name'], 'bias'],
    ['random_state', ['samples', 'random', 'noise'], 'random'],
    ['std', ['mean', 'standardDeviation'], 'standardDeviation'],
  ])('takes %s among %j for %s', (typed, known, meant) => {
    expect(() => checkOptions('f', { [typed]: 1 }, known)).toThrow(`Did you mean ${meant}?`);
  });

  test.each(['activation', 'x', 'seed', '', '∞', 'toString'])('suggests nothing for %j', (typed) => {
    expect(() => checkOptions('adam', { [typed]: 1 }, ['axis', 'epsilon'])).toThrow(
      new TypeError(`Unknown option '${typed}' of adam. It takes axis, epsilon. Leave it out.`),
    );
  });

  test('includes the hint for a name', () => {
    const hints = { activation: 'Write sequential(dense(2, 64, …), relu).' };
    expect(() => checkOptions('dense', { activation: 'relu' }, ['bias'], hints)).toThrow(
      "Unknown option 'activation' of dense. It takes bias. Write sequential(dense(2, 64, …), relu).",
    );
    expect(() => checkOptions('dense', { constructor: 1 }, ['bias'], hints)).toThrow('Leave it out.');
  });

  test.each([
    [0.1, '0.1'],
    [null, 'null'],
    ['float64', 'float64'],
  ])('refuses %j instead of options', (value, shown) => {
    expect(() => checkOptions('adam', value as unknown as object, adam)).toThrow(
      new TypeError(`adam: options must be an object, got ${shown}. Write { learningRate: … } with names.`),
    );
  });
});
