import { randomState, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { dense } from './dense.ts';
import { sequential } from './sequential.ts';
import { summary } from './summary.ts';

const random = randomState(0);
const relu = (x: Tensor): Tensor => x.maximum(0);
const flatten = (x: Tensor): Tensor => x.reshape([x.shape[0]!, -1]);

/** Lines without the blanks at the start of a test's text. */
const lines = (text: string): string => text.replace(/^\n/, '').replace(/\n *$/, '').replace(/^ {6}/gm, '');

describe('summary', () => {
  test('shows layers, shapes and counts: 2·64 + 64 = 192, 64·3 + 3 = 195', () => {
    const model = sequential(dense(2, 64, { random }), relu, dense(64, 3, { random }));
    expect(summary(model)).toBe(
      lines(`
      layer          output    parameters
      ───────────────────────────────────
      dense(2, 64)   [*, 64]          192
      relu           [*, 64]            0
      dense(64, 3)   [*, 3]           195
      ───────────────────────────────────
      total                           387
      `),
    );
  });

  test('takes the shape of a sample where the first layer does not tell it, and groups digits', () => {
    const model = sequential(flatten, dense(784, 1500, { random, name: 'hidden' }));
    expect(summary(model, { input: [28, 28] })).toBe(
      lines(`
      layer                      output      parameters
      ─────────────────────────────────────────────────
      flatten                    [*, 784]             0
      hidden: dense(784, 1500)   [*, 1500]    1,177,500
      ─────────────────────────────────────────────────
      total                                   1,177,500
      `),
    );
  });

  test('shows models inside models, and counts what is shared once', () => {
    const shared = dense(3, 3, { random });
    const model = sequential(shared, sequential(relu, shared), dense(3, 1, { random, bias: false }));
    expect(summary(model)).toBe(
      lines(`
      layer           output   parameters
      ───────────────────────────────────
      dense(3, 3)     [*, 3]           12
      sequential
        relu          [*, 3]            0
        dense(3, 3)   [*, 3]            0
      dense(3, 1)     [*, 1]            3
      ───────────────────────────────────
      total                            15
      `),
    );
  });

  test('marks every length that follows from the number of samples', () => {
    const beside = (x: Tensor): Tensor => x.matmul(x.T);
    expect(summary(beside, { input: [5] })).toContain('beside   [*, *]');
  });

  test('computes nothing', () => {
    const model = sequential(dense(2, 2, { random }), (x) => {
      expect(x.symbolic).toBe(true);
      return x;
    });
    summary(model);
    expect.assertions(2);
  });

  test('takes samples of whole numbers', () => {
    const whole = (x: Tensor): Tensor => {
      expect(x.dtype).toBe('int32');
      return x;
    };
    summary(whole, { input: [], dtype: 'int32' });
    expect.assertions(2);
  });

  test('asks for the shape of a sample when nobody tells it', () => {
    expect(() => summary(sequential(relu, dense(2, 3, { random })))).toThrow(
      new TypeError(
        'summary needs the shape of a sample, and sequential does not state it. ' +
          'Write summary(model, { input: [28, 28] }) for samples of that shape.',
      ),
    );
  });
});
