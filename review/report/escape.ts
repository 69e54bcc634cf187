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
  const body = lines.map((line) => readable(line)).join("\n");
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
const LONGEST = 2_000;

function oneLine(text: string): string {
  const line = readable(text).trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "")}…` : line;
}

/** Controls, and marks that turn the direction of reading, would show something else than what is there. */
function readable(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
      .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "")
  );
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
