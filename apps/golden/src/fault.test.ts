import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { fault, faultOf } from './fault.ts';

const close = { rtol: 0.01, atol: 0.001 };

describe('the fault of recorded values names', () => {
  test('the first number outside the tolerance', () => {
    expect(fault([1, 2, 3], [1.005, 2, 3], close)).toBeUndefined();
    expect(fault([1, 2, 4], [1, 2, 3], close)).toBe('number 2 is 4, and should be 3');
  });

  test('NaN, and a missing number', () => {
    expect(fault([NaN], [1], close)).toBe('number 0 is NaN, and should be 1');
    expect(fault([NaN, -Infinity], [NaN, -Infinity], close)).toBeUndefined();
    expect(fault([1], [NaN], close)).toBe('number 0 is 1, and should be NaN');
    expect(fault([-Infinity], [Infinity], close)).toBe('number 0 is -Infinity, and should be Infinity');
    expect(fault([1e308], [Infinity], close)).toBe('number 0 is 1e+308, and should be Infinity');
    expect(fault([1], [1, 2], close)).toBe('1 numbers instead of 2');
  });

  test('a wrong shape or dtype, and an integer that is only close', () => {
    const integers = { shape: [2], dtype: 'int64', data: [100, 200] };
    expect(faultOf(tensor([[100, 200]], { dtype: 'int32' }), integers, close)).toBe('shape 1,2 instead of 2');
    expect(faultOf(tensor([100, 200]), integers, close)).toBe('dtype float32 instead of int32');
    expect(faultOf(tensor([100, 201], { dtype: 'int32' }), integers, close)).toBe('number 1 is 201, and should be 200');
    expect(faultOf(tensor([100, 200], { dtype: 'int32' }), integers, close)).toBeUndefined();
  });
});
