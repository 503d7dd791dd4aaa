/** A number rounded to float32. By this name engines find it faster than as a property of `Math`. */
export const fround: (value: number) => number = Math.fround;
