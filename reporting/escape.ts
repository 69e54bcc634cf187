/** Text of plans and environments must not become markup of the comment, nor notify anybody. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>|~#&!$]/g, (sign) => `\\${sign}`)
    .replace(/@(?=\w)/g, "@\u200b")
    .replace(/\b(https?|ftp):\/\//gi, "$1:\u200b//")
    .replace(/\bwww\./gi, "www\u200b.")
    .replace(/\bGH-(?=\d)/gi, "GH\u200b-");
}

/** Code within a line; its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line) + 1);
  const inner = /^`|`$/.test(line) ? ` ${line} ` : line;
  return `${fence}${inner}${fence}`;
}

/** Code in a cell of a table, where a bar would end the cell even within code. */
export function codeInCell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** A block of code; its fence is longer than any run of backticks in it. */
export function block(lines: readonly string[], language = ""): string {
  const body = lines.map(printable).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

/** Folded away; the summary is our own words, or escaped here. */
export function details(summary: string, body: string): string {
  return `<details><summary>${html(summary)}</summary>\n\n${body}\n\n</details>`;
}

/** Within HTML only letters, digits and what ends a sentence stay as they are. */
function html(text: string): string {
  return oneLine(text).replace(/[^\w .,()-]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

/** One value of a plan may be as long as the whole comment: more characters of it say no more to a reader. */
const MAX_TEXT_LENGTH = 2_000;

function oneLine(text: string): string {
  const line = printable(text).trim();
  return line.length > MAX_TEXT_LENGTH
    ? `${line.slice(0, MAX_TEXT_LENGTH).replace(/[\ud800-\udbff]$/, "")}…`
    : line;
}

/** Controls, marks that turn the direction of reading, and what is not shown at all would show something else than what is there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/**
 * Letters without a glyph, in which a text hides from people what a program reads: tags, variation selectors, joiners, fillers. Not U+200B, which
 * this file itself writes between two signs, and not U+FE0F, which emojis have.
 */
const INVISIBLE = /(?!\u200b|\ufe0f)\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

function readable(text: string): string {
  return text.replace(CONTROLS, " ").replace(DIRECTIONS, "").replace(INVISIBLE, "");
}

/** One line of a terminal or a log: no value steers it, nor is taken for a command to GitHub's runner. */
export function printable(line: string): string {
  // The runner takes `::` at the beginning of a line, after spaces, and `##[` anywhere.
  return readable(line)
    .replace(/^(\s*:)(?=:)/, "$1\u200b")
    .replaceAll("##[", "##\u200b[");
}

/** Several lines of a terminal or a log, each as `printable`. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** JSON for a machine that may show it, or print it to a log: the same values, without what would steer either. */
export function jsonText(value: unknown): string {
  return harmless(JSON.stringify(value, null, 2));
}

/** As `jsonText`, on one line, as a log takes it. */
export function jsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}

function harmless(json: string): string {
  return json
    .replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, escaped)
    .replace(INVISIBLE, escaped)
    .replaceAll("##[", "##\\u005b");
}

function escaped(letter: string): string {
  return letter
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** The value with every text in it changed, by the key that it, or the list around it, stands under. Keys stay. */
export function withTexts<T>(value: T, change: (text: string, key: string) => string): T {
  const changed = (item: unknown, key: string): unknown => {
    if (typeof item === "string") return change(item, key);
    if (Array.isArray(item)) return item.map((each) => changed(each, key));
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, changed(inner, name)]));
  };
  return changed(value, "") as T;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
