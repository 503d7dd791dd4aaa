import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { fault, faultOf } from './fault.ts';

const near = { rtol: 0.01, atol: 0.001 };

describe('what is off is said in words', () => {
  test('the first number that is too far away', () => {
    expect(fault([1, 2, 3], [1.005, 2, 3], near)).toBeUndefined();
    expect(fault([1, 2, 4], [1, 2, 3], near)).toBe('number 2 is 4, and should be 3');
  });

  test('a number that is none, and one too few', () => {
    expect(fault([NaN], [1], near)).toBe('number 0 is NaN, and should be 1');
    expect(fault([1], [1, 2], near)).toBe('1 numbers instead of 2');
  });

  test('another shape or dtype, and whole numbers that are only near', () => {
    const whole = { shape: [2], dtype: 'int64', data: [100, 200] };
    expect(faultOf(tensor([[100, 200]], { dtype: 'int32' }), whole, near)).toBe('shape 1,2 instead of 2');
    expect(faultOf(tensor([100, 200]), whole, near)).toBe('float32 instead of whole numbers');
    expect(faultOf(tensor([100, 201], { dtype: 'int32' }), whole, near)).toBe('number 1 is 201, and should be 200');
    expect(faultOf(tensor([100, 200], { dtype: 'int32' }), whole, near)).toBeUndefined();
  });
});
