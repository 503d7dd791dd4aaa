/** The kinds of value that functions and locals of a module have here, by the numbers that stand for them in a module. */
export const i32 = 0x7f;
export const f64 = 0x7c;
export const v128 = 0x7b;

export type ValueType = typeof i32 | typeof f64 | typeof v128;
