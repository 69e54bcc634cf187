import { isUnknown, type Value } from "../value.ts";
import { formatted } from "./format.ts";
import type { Files, FunctionTable, TerraformFunction } from "./function.ts";
import { allMatches, firstMatch, replacedMatches } from "./regular-expressions.ts";
import { isList, joined, numberOf, textOf, unknownOf, unknownsIn } from "./values.ts";
import { TooLarge } from "./work.ts";

/** A function of texts; undefined where an argument is none. */
function ofTexts(compute: (texts: readonly string[], files: Files) => Value | undefined): TerraformFunction {
  return (args, files) => {
    const texts = args.map(textOf).filter((text) => text !== undefined);
    return texts.length < args.length ? undefined : compute(texts, files);
  };
}

function replaced(text: string, search: string, by: string, files: Files): string {
  const isPattern = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  if (isPattern) return replacedMatches(text, search.slice(1, -1), by, files);
  const pieces = text.split(search);
  if (!files.spend((pieces.length * by.length) / 10)) throw new TooLarge("its result is too large");
  return pieces.join(by);
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
    chomp: ofTexts(([text = ""]) => trimmed(text, "\r\n", false, true)),
    endswith: ofTexts(([text = "", end = ""]) => text.endsWith(end)),
    indent: ofTexts(([spaces = "", text = ""]) =>
      text.replace(/\n/g, `\n${" ".repeat(Math.min(Number(spaces), 1000))}`),
    ),
    lower: ofTexts(([text = ""]) => text.toLowerCase()),
    regex: ofTexts(([source = "", text = ""], files) => firstMatch(source, text, files)),
    regexall: ofTexts(([source = "", text = ""], files) => allMatches(source, text, files)),
    replace: ofTexts(([text = "", search = "", by = ""], files) => replaced(text, search, by, files)),
    split: ofTexts(([separator = "", text = ""]) => (text === "" ? [""] : text.split(separator))),
    startswith: ofTexts(([text = "", start = ""]) => text.startsWith(start)),
    strcontains: ofTexts(([text = "", part = ""]) => text.includes(part)),
    strrev: ofTexts(([text = ""]) => [...text].reverse().join("")),
    substr: ([text = null, from = null, count = null]) => {
      const [letters, offset, length] = [textOf(text), numberOf(from), numberOf(count)];
      if (letters === undefined || offset === undefined || length === undefined) return undefined;
      const all = [...letters];
      const start = offset < 0 ? all.length + offset : offset;
      return all.slice(start, length < 0 ? undefined : start + length).join("");
    },
    title: ofTexts(([text = ""]) =>
      text.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
    ),
    trim: ofTexts(([text = "", set = ""]) => trimmed(text, set, true, true)),
    trimprefix: ofTexts(([text = "", prefix = ""]) =>
      text.startsWith(prefix) ? text.slice(prefix.length) : text,
    ),
    trimspace: ofTexts(([text = ""]) => text.trim()),
    trimsuffix: ofTexts(([text = "", suffix = ""]) =>
      suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
    ),
    upper: ofTexts(([text = ""]) => text.toUpperCase()),
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
