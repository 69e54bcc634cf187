import { type ComponentChildren, Fragment } from "preact";

const GROUPING = new Intl.NumberFormat("en-US");

/** 1250 is "1,250"; fractions keep their digits. */
export function count(value: number): string {
  return Number.isFinite(value) ? GROUPING.format(value) : "any";
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "databaseInitialization" is "database initialization". */
export function words(key: string): string {
  return key.replace(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
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
