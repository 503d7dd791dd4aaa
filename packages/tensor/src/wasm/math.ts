import type { FunctionBody, Local, ModuleAssembler } from './assembler.ts';

/** What the functions need of the module that they are written into. */
interface Surroundings {
  readonly relaxed: boolean;
  constant(f: FunctionBody, type: 'f32' | 'i32', value: number): void;
}

/** Writes small formulas on four float32 lanes. */
class Lanes {
  readonly f: FunctionBody;
  readonly #surroundings: Surroundings;

  constructor(f: FunctionBody, surroundings: Surroundings) {
    this.f = f;
    this.#surroundings = surroundings;
  }

  real(value: number): this {
    this.#surroundings.constant(this.f, 'f32', value);
    return this;
  }

  whole(value: number): this {
    this.#surroundings.constant(this.f, 'i32', value);
    return this;
  }

  /** The two factors and the addend on the stack into a·b + c. */
  multiplyAdd(a: () => void, b: () => void, c: () => void): this {
    a();
    b();
    if (this.#surroundings.relaxed) {
      c();
      this.f.do('f32x4.relaxed_madd');
    } else {
      this.f.do('f32x4.mul');
      c();
      this.f.do('f32x4.add');
    }
    return this;
  }

  /** A polynomial by Horner’s rule, highest power first; its value is left on the stack. */
  polynomial(x: Local, coefficients: readonly number[]): this {
    const sum = this.f.local('v128');
    this.real(coefficients[0]!).f.set(sum);
    for (const coefficient of coefficients.slice(1)) {
      this.multiplyAdd(
        () => this.f.get(sum),
        () => this.f.get(x),
        () => this.real(coefficient),
      );
      this.f.set(sum);
    }
    this.f.get(sum).release(sum);
    return this;
  }

  /** Keeps what is on the stack in a new local. */
  keep(): Local {
    const local = this.f.local('v128');
    this.f.set(local);
    return local;
  }
}

const ln2High = 0.693359375;
const ln2Low = -2.1219444e-4;

/**
 * eˣ on four float32 lanes, within 2 units in the last place: x = n·ln 2 + r, eˣ = 2ⁿ·eʳ with a polynomial for eʳ on
 * |r| ≤ ln 2 / 2.
 *
 * @see Moshier, Cephes Mathematical Library, expf (coefficients)
 */
export function writeExp(module: ModuleAssembler, surroundings: Surroundings): number {
  return module.function(['v128'], ['v128'], (f) => {
    const [x] = f.parameters as [Local];
    const l = new Lanes(f, surroundings);
    f.get(x);
    l.real(-104).f.do('f32x4.max');
    l.real(89).f.do('f32x4.min').set(x);
    f.get(x);
    l.real(Math.LOG2E).f.do('f32x4.mul', 'f32x4.nearest');
    const n = l.keep();
    l.multiplyAdd(
      () => f.get(n),
      () => l.real(-ln2High),
      () => f.get(x),
    );
    const high = l.keep();
    l.multiplyAdd(
      () => f.get(n),
      () => l.real(-ln2Low),
      () => f.get(high),
    );
    const r = l.keep();
    l.polynomial(
      r,
      [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
    );
    const p = l.keep();
    l.multiplyAdd(
      () => f.get(p),
      () => f.get(r).get(r).do('f32x4.mul'),
      () => f.get(r),
    );
    l.real(1).f.do('f32x4.add');
    // 2ⁿ as two factors, so that neither over- nor underflows before the product does.
    f.get(n).do('i32x4.trunc_sat_f32x4_s');
    const whole = l.f.local('v128');
    f.tee(whole).i32(1).do('i32x4.shr_s');
    const half = l.keep();
    const power = (of: () => void): void => {
      of();
      l.whole(127).f.do('i32x4.add').i32(23).do('i32x4.shl', 'f32x4.mul');
    };
    power(() => f.get(half));
    power(() => f.get(whole).get(half).do('i32x4.sub'));
  });
}

/**
 * ln x on four float32 lanes, within 2 units in the last place: x = m·2ᵉ with m near 1, ln x = ln m + e·ln 2.
 *
 * @see Moshier, Cephes Mathematical Library, logf (coefficients)
 */
export function writeLog(module: ModuleAssembler, surroundings: Surroundings): number {
  return module.function(['v128'], ['v128'], (f) => {
    const [x] = f.parameters as [Local];
    const l = new Lanes(f, surroundings);
    const smallestNormal = 2 ** -126;
    f.get(x);
    l.real(smallestNormal).f.do('f32x4.lt');
    const tiny = l.keep();
    // Denormal numbers are lifted by 2²³ first.
    f.get(x);
    l.real(2 ** 23)
      .f.do('f32x4.mul')
      .get(x)
      .get(tiny)
      .do('v128.bitselect');
    const bits = l.keep();
    const sqrtHalf = 0x3f3504f3;
    f.get(bits);
    l.whole(sqrtHalf).f.do('i32x4.sub').i32(23).do('i32x4.shr_s');
    const exponent = l.keep();
    f.get(bits).get(exponent).i32(23).do('i32x4.shl', 'i32x4.sub');
    l.real(1).f.do('f32x4.sub');
    const m = l.keep();
    f.get(exponent).get(tiny);
    l.whole(23).f.do('v128.and', 'i32x4.sub', 'f32x4.convert_i32x4_s');
    const e = l.keep();
    f.get(m).get(m).do('f32x4.mul');
    const z = l.keep();
    l.polynomial(
      m,
      [
        7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
        2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
      ],
    );
    f.get(m).do('f32x4.mul').get(z).do('f32x4.mul');
    const tail = l.keep();
    l.multiplyAdd(
      () => f.get(e),
      () => l.real(ln2Low),
      () => f.get(tail),
    );
    const low = l.keep();
    l.multiplyAdd(
      () => f.get(z),
      () => l.real(-0.5),
      () => f.get(low),
    );
    f.get(m).do('f32x4.add');
    const near = l.keep();
    l.multiplyAdd(
      () => f.get(e),
      () => l.real(ln2High),
      () => f.get(near),
    );
    const result = l.keep();
    // Infinity and NaN stay, zero gives −Infinity, numbers below zero have no logarithm.
    f.get(x).get(result).get(x);
    l.real(Infinity).f.do('f32x4.lt', 'v128.not').get(x);
    l.real(0).f.do('f32x4.lt', 'v128.not', 'v128.and', 'v128.bitselect').set(result);
    l.real(-Infinity).f.get(result).get(x);
    l.real(0).f.do('f32x4.eq', 'v128.bitselect').set(result);
    l.real(NaN).f.get(result).get(x);
    l.real(0).f.do('f32x4.lt', 'v128.bitselect');
  });
}

/**
 * tanh x on four float32 lanes, within 2 units in the last place: near 0 an odd polynomial, elsewhere
 * 1 − 2 / (e^(2|x|) + 1) with the sign of x.
 *
 * @param exp  the index of the function eˣ
 * @see Moshier, Cephes Mathematical Library, tanhf (coefficients)
 */
export function writeTanh(module: ModuleAssembler, surroundings: Surroundings, exp: number): number {
  return module.function(['v128'], ['v128'], (f) => {
    const [x] = f.parameters as [Local];
    const l = new Lanes(f, surroundings);
    f.get(x).do('f32x4.abs');
    const size = l.keep();
    f.get(x).get(x).do('f32x4.mul');
    const z = l.keep();
    l.polynomial(z, [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1]);
    f.get(z).do('f32x4.mul').get(x).do('f32x4.mul').get(x).do('f32x4.add');
    const near = l.keep();
    l.real(1).real(2);
    f.get(size).get(size).do('f32x4.add').call(exp);
    l.real(1).f.do('f32x4.add', 'f32x4.div', 'f32x4.sub').get(x);
    // the sign of x on a result that is not negative
    l.whole(-(2 ** 31)).f.do('v128.and', 'v128.or');
    const far = l.keep();
    f.get(near).get(far).get(size);
    l.real(0.625).f.do('f32x4.lt', 'v128.bitselect');
  });
}
