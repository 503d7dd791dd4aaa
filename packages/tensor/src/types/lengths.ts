/**
 * Integer arithmetic on types, for the sizes of shapes. A number is a string of decimal digits, least significant first
 * ('003' is 300), and is computed digit by digit as on paper. Counting with tuples would end at a few thousand.
 */

/** The sum of two digits: the carry, then the digit. */
type Sums = [
  ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'],
  ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'],
  ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11'],
  ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
  ['04', '05', '06', '07', '08', '09', '10', '11', '12', '13'],
  ['05', '06', '07', '08', '09', '10', '11', '12', '13', '14'],
  ['06', '07', '08', '09', '10', '11', '12', '13', '14', '15'],
  ['07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
  ['08', '09', '10', '11', '12', '13', '14', '15', '16', '17'],
  ['09', '10', '11', '12', '13', '14', '15', '16', '17', '18'],
];

/** The product of two digits: the carry, then the digit. */
type Products = [
  ['00', '00', '00', '00', '00', '00', '00', '00', '00', '00'],
  ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'],
  ['00', '02', '04', '06', '08', '10', '12', '14', '16', '18'],
  ['00', '03', '06', '09', '12', '15', '18', '21', '24', '27'],
  ['00', '04', '08', '12', '16', '20', '24', '28', '32', '36'],
  ['00', '05', '10', '15', '20', '25', '30', '35', '40', '45'],
  ['00', '06', '12', '18', '24', '30', '36', '42', '48', '54'],
  ['00', '07', '14', '21', '28', '35', '42', '49', '56', '63'],
  ['00', '08', '16', '24', '32', '40', '48', '56', '64', '72'],
  ['00', '09', '18', '27', '36', '45', '54', '63', '72', '81'],
];

/** The nines' complement of each digit. */
type Complements = ['9', '8', '7', '6', '5', '4', '3', '2', '1', '0'];

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type NextDigit = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** One column of a long addition, a + b + carry: the new carry, then the digit of the sum. */
type AddColumn<
  A extends Digit,
  B extends Digit,
  Carry extends Digit,
> = Sums[A][B] extends `${infer C extends Digit}${infer Ones extends Digit}`
  ? Sums[Ones][Carry] extends `${infer More extends Digit}${infer Written extends Digit}`
    ? [C extends '0' ? More : C, Written]
    : never
  : never;

type Add<
  A extends string,
  B extends string,
  Carry extends Digit = '0',
  Written extends string = '',
> = A extends `${infer DigitA extends Digit}${infer RestA}`
  ? B extends `${infer DigitB extends Digit}${infer RestB}`
    ? AddColumn<DigitA, DigitB, Carry> extends [infer C extends Digit, infer W extends Digit]
      ? Add<RestA, RestB, C, `${Written}${W}`>
      : never
    : Carry extends '0'
      ? `${Written}${A}`
      : Add<A, '0', Carry, Written>
  : Carry extends '0'
    ? `${Written}${B}`
    : Add<B extends '' ? '0' : B, '0', Carry, Written>;

type MultiplyByDigit<
  A extends string,
  By extends Digit,
  Carry extends Digit = '0',
  Written extends string = '',
> = A extends `${infer DigitA extends Digit}${infer RestA}`
  ? Products[DigitA][By] extends `${infer Tens extends Digit}${infer Ones extends Digit}`
    ? AddColumn<Ones, Carry, '0'> extends [infer C extends Digit, infer W extends Digit]
      ? Sums[Tens][C] extends `0${infer Next extends Digit}`
        ? MultiplyByDigit<RestA, By, Next, `${Written}${W}`>
        : never
      : never
    : never
  : `${Written}${Carry}`;

type Multiply<
  A extends string,
  B extends string,
  Places extends string = '',
  Total extends string = '',
> = B extends `${infer DigitB extends Digit}${infer RestB}`
  ? Multiply<A, RestB, `${Places}0`, Add<Total, `${Places}${MultiplyByDigit<A, DigitB>}`>>
  : Total;

/** a − b by adding the ten's complement of b; `never` when b is the larger. */
type Subtract<
  A extends string,
  B extends string,
  Carry extends Digit = '1',
  Written extends string = '',
> = A extends `${infer DigitA extends Digit}${infer RestA}`
  ? B extends `${infer DigitB extends Digit}${infer RestB}`
    ? AddColumn<DigitA, Complements[DigitB], Carry> extends [infer C extends Digit, infer W extends Digit]
      ? Subtract<RestA, RestB, C, `${Written}${W}`>
      : never
    : Subtract<A, '0', Carry, Written>
  : B extends ''
    ? Carry extends '1'
      ? Written
      : never
    : Subtract<'0', B, Carry, Written>;

/** One digit of a quotient, ⌊a / b⌋ ≤ 9, and the remainder. */
type DivideDigit<A extends string, B extends string, Times extends Digit = '0'> = [Subtract<A, B>] extends [never]
  ? [Times, A]
  : Times extends keyof NextDigit
    ? DivideDigit<Subtract<A, B>, B, NextDigit[Times]>
    : [Times, A];

/** Long division of a (most significant digit first) by b (least significant first): ⌊a / b⌋, and the remainder. */
type LongDivide<
  A extends string,
  B extends string,
  Left extends string = '',
  Quotient extends string = '',
> = A extends `${infer DigitA}${infer RestA}`
  ? DivideDigit<`${DigitA}${Left}`, B> extends [infer Times extends Digit, infer Over extends string]
    ? LongDivide<RestA, B, Over, `${Quotient}${Times}`>
    : never
  : [WithoutZeros<Quotient>, ReadDigits<Left>];

type WithoutZeros<Digits extends string> = Digits extends `0${infer Rest extends `${Digit}${string}`}`
  ? WithoutZeros<Rest>
  : Digits extends `${infer N extends number}`
    ? N
    : number;

type ReversedText<Text extends string, Out extends string = ''> = Text extends `${infer First}${infer Rest}`
  ? ReversedText<Rest, `${First}${Out}`>
  : Out;

type ReadDigits<Digits extends string> = WithoutZeros<ReversedText<Digits>>;

type IsUnion<N, Each = N> = N extends N ? ([Each] extends [N] ? false : true) : never;

/** The digits of a non-negative integer, least significant first; '' for unions, negative, fractional and unknown numbers. */
type DigitsOf<N extends number> = number extends N
  ? ''
  : IsUnion<N> extends true
    ? ''
    : `${N}` extends `${string}${'.' | 'e' | '-' | 'I' | 'N'}${string}`
      ? ''
      : ReversedText<`${N}`>;

type ProductDigits<Lengths extends readonly number[], Total extends string = '1'> = Lengths extends readonly [
  infer Length extends number,
  ...infer Rest extends readonly number[],
]
  ? DigitsOf<Length> extends infer Digits extends `${Digit}${string}`
    ? ProductDigits<Rest, Multiply<Total, Digits>>
    : ''
  : Lengths extends readonly []
    ? Total
    : '';

/** The product of all lengths; `number` when one of them is unknown. */
export type SizeOf<Lengths extends readonly number[]> =
  ProductDigits<Lengths> extends infer Digits extends `${Digit}${string}` ? ReadDigits<Digits> : number;

/** a + b; `number` when one of them is unknown. */
export type Sum<A extends number, B extends number> =
  DigitsOf<A> extends infer DigitsA extends `${Digit}${string}`
    ? DigitsOf<B> extends infer DigitsB extends `${Digit}${string}`
      ? ReadDigits<Add<DigitsA, DigitsB>>
      : number
    : number;

/** a / b; `number` when one of them is unknown or b is 0, `never` when b does not divide a. */
export type Quotient<A extends number, B extends number> = B extends 0
  ? number
  : DigitsOf<A> extends `${Digit}${string}`
    ? DigitsOf<B> extends infer DigitsB extends `${Digit}${string}`
      ? LongDivide<`${A}`, DigitsB> extends [infer Times extends number, 0]
        ? Times
        : never
      : number
    : number;

/**
 * The number of windows along an axis: ⌊(length − span) / stride⌋ + 1. `number` when one of the numbers is unknown or the
 * stride is 0, `never` when no window fits.
 */
export type WindowCount<Length extends number, Span extends number, Stride extends number> = Stride extends 0
  ? number
  : [DigitsOf<Length>, DigitsOf<Span>, DigitsOf<Stride>] extends [
        infer LengthDigits extends `${Digit}${string}`,
        infer SpanDigits extends `${Digit}${string}`,
        infer StrideDigits extends `${Digit}${string}`,
      ]
    ? Subtract<LengthDigits, SpanDigits> extends infer Room extends string
      ? [Room] extends [never]
        ? never
        : LongDivide<ReversedText<Room>, StrideDigits> extends [infer Steps extends number, number]
          ? Sum<Steps, 1>
          : number
      : never
    : number;

/** How many elements a window spans: (size − 1) · dilation + 1; `number` when one of the numbers is unknown. */
export type WindowSpan<Size extends number, Dilation extends number> = Dilation extends 1
  ? Size
  : [DigitsOf<Size>, DigitsOf<Dilation>] extends [
        infer SizeDigits extends `${Digit}${string}`,
        infer DilationDigits extends `${Digit}${string}`,
      ]
    ? ReadDigits<Subtract<Add<Multiply<SizeDigits, DilationDigits>, '1'>, DilationDigits>>
    : number;
