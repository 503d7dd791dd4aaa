import { describe, expect, test } from 'vitest';
import golden from '../../golden/numpy_float32_math.json' with { type: 'json' };
import { expFloat32, logFloat32 } from './float32.ts';

const view = new DataView(new ArrayBuffer(4));

function fromHex(hex: string): number {
  view.setUint32(0, Number.parseInt(hex, 16));
  return view.getFloat32(0);
}

function toHex(value: number): string {
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

describe('expFloat32', () => {
  test('gives the bits of NumPy for every recorded argument', () => {
    expect(golden.exp.x.length).toBeGreaterThan(200);
    expect(golden.exp.x.map((x) => toHex(expFloat32(fromHex(x))))).toEqual(golden.exp.numpy);
  });

  test('is 0, 1, infinite or NaN at 0, infinities and NaN', () => {
    expect(expFloat32(0)).toBe(1);
    expect(expFloat32(-0)).toBe(1);
    expect(expFloat32(Infinity)).toBe(Infinity);
    expect(expFloat32(-Infinity)).toBe(0);
    expect(expFloat32(NaN)).toBeNaN();
  });

  test('overflows to infinity and underflows to zero at the limits of float32', () => {
    expect(expFloat32(fromHex('42b17217'))).toBe(fromHex('7f7fff84'));
    expect(expFloat32(fromHex('42b17218'))).toBe(Infinity);
    expect(expFloat32(fromHex('c2cff1b4'))).toBe(2 ** -149);
    expect(expFloat32(fromHex('c2cff1b5'))).toBe(0);
  });

  test('keeps subnormal results', () => {
    expect(toHex(expFloat32(-100))).toBe('0000001b');
  });
});

describe('logFloat32', () => {
  test('gives the bits of NumPy for every recorded argument', () => {
    expect(golden.log.x.length).toBeGreaterThan(200);
    expect(golden.log.x.map((x) => toHex(logFloat32(fromHex(x))))).toEqual(golden.log.numpy);
  });

  test('is 0, infinite or NaN at 1, 0, infinities, negative numbers and NaN', () => {
    expect(logFloat32(1)).toBe(0);
    expect(logFloat32(0)).toBe(-Infinity);
    expect(logFloat32(-0)).toBe(-Infinity);
    expect(logFloat32(Infinity)).toBe(Infinity);
    expect(logFloat32(-1)).toBeNaN();
    expect(logFloat32(-Infinity)).toBeNaN();
    expect(logFloat32(NaN)).toBeNaN();
  });

  test('takes subnormal arguments', () => {
    expect(toHex(logFloat32(2 ** -149))).toBe('c2ce8ed0');
    expect(toHex(logFloat32(fromHex('007fffff')))).toBe('c2aeac50');
  });

  test('gives the bits of NumPy at √½ and √2, where the exponent changes', () => {
    expect(toHex(logFloat32(fromHex('3f3504f3')))).toBe('beb17218');
    expect(toHex(logFloat32(fromHex('3fb504f3')))).toBe('3eb17218');
  });
});
