import { isUnknown, type Value } from "../value.ts";
import { formatted } from "./format.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";
import { isList, joined, mapOf, numberOf, textOf, unknownOf, unknownsIn } from "./values.ts";

/** Characters; longer texts are not matched, because a careless pattern could take very long. */
const maxMatchedLength = 20_000;

/** A function of texts; undefined where an argument is none. */
function ofTexts(compute: (...texts: string[]) => Value | undefined): TerraformFunction {
  return (args) => {
    const texts = args.map(textOf).filter((text) => text !== undefined);
    return texts.length < args.length ? undefined : compute(...texts);
  };
}

/** Go's regular expressions in JavaScript's dialect. */
function pattern(source: string, flags: string): RegExp {
  if (/\([^)]*[+*][^)]*\)[+*{]/.test(source)) throw new Error("its pattern may take very long");
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const body = source
    .slice(inline?.[0].length ?? 0)
    .replace(/\(\?P</g, "(?<")
    .replace(/\\z/g, "$")
    .replace(/\\A/g, "^")
    .replace(/\[\[:alnum:\]\]/g, "[a-zA-Z0-9]")
    .replace(/\[:alnum:\]/g, "a-zA-Z0-9")
    .replace(/\[:alpha:\]/g, "a-zA-Z")
    .replace(/\[:digit:\]/g, "0-9")
    .replace(/\[:lower:\]/g, "a-z")
    .replace(/\[:upper:\]/g, "A-Z")
    .replace(/\[:space:\]/g, "\\s");
  return new RegExp(body, `${flags}${inline?.[1] ?? ""}`);
}

function matched(text: string): string {
  if (text.length > maxMatchedLength) throw new Error("its text is too long");
  return text;
}

/** Named groups as a map, numbered ones as a list, none: the whole match. */
function captures(match: RegExpMatchArray): Value {
  if (match.groups !== undefined)
    return mapOf(Object.entries(match.groups).map(([name, text]) => [name, text ?? null]));
  return match.length > 1 ? match.slice(1).map((text) => text ?? null) : match[0];
}

function replaced(text: string, search: string, by: string): string {
  const isPattern = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  if (!isPattern) return text.split(search).join(by);
  return matched(text).replace(pattern(search.slice(1, -1), "g"), (...found: unknown[]) => {
    const groups = found.at(-1);
    const named = typeof groups === "object" && groups !== null ? Object.entries(groups) : [];
    const all = new Map<string, unknown>([...found.map((group, i) => [String(i), group] as const), ...named]);
    return by.replace(/\$\{(\w+)\}|\$(\w+)|\$\$/g, (whole, braced, bare) => {
      if (whole === "$$") return "$";
      const group = all.get(braced ?? bare);
      return typeof group === "string" ? group : "";
    });
  });
}

/** Trims the letters of `set` from the chosen ends. */
function trimmed(text: string, set: string, atStart: boolean, atEnd: boolean): string {
  const letters = [...text];
  let start = 0;
  let end = letters.length;
  while (atStart && start < end && set.includes(letters[start] ?? "\u0000")) start++;
  while (atEnd && end > start && set.includes(letters[end - 1] ?? "\u0000")) end--;
  return letters.slice(start, end).join("");
}

function joinedBy(args: readonly Value[]): Value | undefined {
  const [separator = null, ...lists] = args;
  if (isUnknown(separator) || lists.some(isUnknown)) return unknownOf(args);
  if (!lists.every(isList) || textOf(separator) === undefined) return undefined;
  const items = lists.flat() as readonly Value[];
  return joined(items.flatMap((item, i) => (i === 0 ? [item] : [separator, item])));
}

function formattedList([spec = null, ...args]: readonly Value[]): Value | undefined {
  if (isUnknown(spec) || args.some(isUnknown)) return unknownOf([spec, ...args]);
  const lengths = args.filter(isList).map((list) => list.length);
  const length = lengths[0] ?? 1;
  if (typeof spec !== "string" || lengths.some((other) => other !== length)) return undefined;
  return Array.from({ length }, (_, i) =>
    formatted(
      spec,
      args.map((arg) => (isList(arg) ? (arg[i] ?? null) : arg)),
    ),
  );
}

export const textFunctions: FunctionTable = {
  strict: {
    chomp: ofTexts((text) => text.replace(/[\r\n]+$/, "")),
    endswith: ofTexts((text, end = "") => text.endsWith(end)),
    indent: ofTexts((spaces, text = "") =>
      text.replace(/\n/g, `\n${" ".repeat(Math.min(Number(spaces), 1000))}`),
    ),
    lower: ofTexts((text) => text.toLowerCase()),
    regex: ofTexts((source, text = "") => {
      const match = pattern(source, "").exec(matched(text));
      return match === null ? undefined : captures(match);
    }),
    regexall: ofTexts((source, text = "") => [...matched(text).matchAll(pattern(source, "g"))].map(captures)),
    replace: ofTexts((text, search = "", by = "") => replaced(text, search, by)),
    split: ofTexts((separator, text = "") => (text === "" ? [""] : text.split(separator))),
    startswith: ofTexts((text, start = "") => text.startsWith(start)),
    strcontains: ofTexts((text, part = "") => text.includes(part)),
    strrev: ofTexts((text) => [...text].reverse().join("")),
    substr: ([text = null, from = null, count = null]) => {
      const [letters, offset, length] = [textOf(text), numberOf(from), numberOf(count)];
      if (letters === undefined || offset === undefined || length === undefined) return undefined;
      const all = [...letters];
      const start = offset < 0 ? all.length + offset : offset;
      return all.slice(start, length < 0 ? undefined : start + length).join("");
    },
    title: ofTexts((text) =>
      text.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
    ),
    trim: ofTexts((text, set = "") => trimmed(text, set, true, true)),
    trimprefix: ofTexts((text, prefix = "") => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
    trimspace: ofTexts((text) => text.trim()),
    trimsuffix: ofTexts((text, suffix = "") =>
      suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
    ),
    upper: ofTexts((text) => text.toUpperCase()),
  },
  lenient: {
    format: ([spec = null, ...args]) => {
      if (isUnknown(spec)) return unknownOf([spec, ...args.flatMap((arg) => unknownsIn(arg))]);
      return typeof spec === "string" ? formatted(spec, args) : undefined;
    },
    formatlist: formattedList,
    join: joinedBy,
  },
};
