import { type ComponentChildren, Fragment } from "preact";
import { spread } from "../spread.ts";

const GROUPING = new Intl.NumberFormat("en-US");

/** 1250 is "1,250"; fractions keep their digits. */
export function count(value: number): string {
  return Number.isFinite(value) ? GROUPING.format(value) : "any";
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "databaseInitialization" is "database initialization", and "cpu" is "CPU". */
export function words(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    .replace(/^(cpu|nat)\b/, (acronym) => acronym.toUpperCase());
}

export function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Text with `code` in backticks, as sentences of the model write it. */
export function Marked({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split("`")
        .map((part, index) =>
          index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
        )}
    </>
  );
}

interface KeysProps {
  /** The number of each, and where its center is, from 0 to 1. */
  readonly keys: readonly { readonly text: string; readonly center: number }[];
  /** Of the longest text, as a share of the bar. */
  readonly width: number;
}

/** Numbers below the parts of a bar, which a list or a table explains: a narrow part has no room for its name. */
export function Keys({ keys, width }: KeysProps) {
  const centers = spread(
    keys.map(({ center }) => center),
    width,
  );
  return (
    <span class="keys" aria-hidden="true">
      {keys.map(({ text }, index) => (
        <span key={text} style={{ left: `${(centers[index] ?? 0) * 100}%` }}>
          {text}
        </span>
      ))}
    </span>
  );
}

/** What is wider than a telephone scrolls by itself, by keyboard too. */
export function Scrolls({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scrolls" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
