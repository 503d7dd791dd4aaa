import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface Labelled {
  readonly label: string;
  /** An explanation of the field, shown as a tooltip. */
  readonly hint?: string;
}

/** A select control with named options. */
export function Choice<Name extends string>({
  label,
  hint,
  value,
  names,
  bare = false,
  choose,
}: Labelled & {
  readonly value: Name;
  readonly names: Readonly<Record<Name, string>>;
  /** Without a visible label. */
  readonly bare?: boolean;
  readonly choose: (name: Name) => void;
}) {
  const select = (
    <select
      value={value}
      title={hint}
      aria-label={bare ? label : undefined}
      onChange={({ currentTarget }) => choose(currentTarget.value as Name)}
    >
      {Object.entries<string>(names).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
  if (bare) return select;
  return (
    <label class="field">
      <span>{label}</span>
      {select}
    </label>
  );
}

/** A select control with numeric options. A value that is not an option, for example from a link, is added. */
export function NumberChoice({
  label,
  hint,
  value,
  numbers,
  show = String,
  choose,
}: Labelled & {
  readonly value: number;
  readonly numbers: readonly number[];
  readonly show?: (value: number) => string;
  readonly choose: (value: number) => void;
}) {
  const listed = numbers.includes(value) ? numbers : [...numbers, value].sort((one, other) => one - other);
  const names = Object.fromEntries(listed.map((each) => [`${each} `, show(each)]));
  return (
    <Choice
      label={label}
      {...(hint && { hint })}
      value={`${value} `}
      names={names}
      choose={(name) => choose(Number(name))}
    />
  );
}

/** A slider. */
export function Range({
  label,
  value,
  min,
  max,
  step,
  text,
  choose,
}: Labelled & {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly text: string;
  readonly choose: (value: number) => void;
}) {
  return (
    <label class="field range">
      <span>
        {label} <b>{text}</b>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-label={label}
        aria-valuetext={text}
        onInput={({ currentTarget }) => choose(currentTarget.valueAsNumber)}
      />
    </label>
  );
}

/** A number input with buttons for plus and minus one. */
export function Stepper({
  label,
  value,
  min,
  max,
  choose,
}: Labelled & {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly choose: (value: number) => void;
}) {
  const fit = (next: number): number => Math.min(max, Math.max(min, Math.round(next)));
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={`Fewer ${label}`} disabled={value <= min} onClick={() => choose(value - 1)}>
        <Icon name="minus" />
      </button>
      <input
        type="number"
        inputMode="numeric"
        aria-label={label}
        min={min}
        max={max}
        value={value}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber;
          if (Number.isFinite(next)) choose(fit(next));
          currentTarget.value = String(Number.isFinite(next) ? fit(next) : value);
        }}
      />
      <button type="button" aria-label={`More ${label}`} disabled={value >= max} onClick={() => choose(value + 1)}>
        <Icon name="plus" />
      </button>
    </div>
  );
}

/** A segmented control: a few named options side by side. */
export function Segments<Name extends string>({
  label,
  value,
  names,
  choose,
}: Labelled & {
  readonly value: Name;
  readonly names: readonly (readonly [name: Name, title: string])[];
  readonly choose: (name: Name) => void;
}) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {names.map(([name, title]) => (
        <button key={name} type="button" aria-pressed={name === value} onClick={() => choose(name)}>
          {title}
        </button>
      ))}
    </div>
  );
}

/** A panel with a heading that shortcuts focus. */
export function Panel({
  name,
  title,
  actions,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={`panel panel-${name}`} id={name} aria-labelledby={`${name}-title`}>
      <header>
        <h2 id={`${name}-title`} tabIndex={-1}>
          {title}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
