import type { Matcher } from "re2js";
import { re2 } from "../../values/packages.ts";
import type { Value } from "../value.ts";
import type { Files } from "./function.ts";
import { mapOf } from "./values.ts";
import { TooLarge } from "./work.ts";

/** Characters; longer texts are not matched. */
const maxLength = 100_000;

/** Evaluation steps that matching one character counts as, and as many again for so many instructions of the pattern. */
const workPerCharacter = 3;
const instructionsPerStep = 30;

/** The first match, as Terraform's `regex` gives it; undefined where there is none. */
export function firstMatch(source: string, text: string, files: Files): Value | undefined {
  for (const match of matches(source, text, files)) return captures(match);
  return undefined;
}

export function allMatches(source: string, text: string, files: Files): Value {
  return Array.from(matches(source, text, files), captures);
}

/** `by` may name groups: `$1`, `$name`, `${name}`; `$$` is a dollar sign. */
export function replacedMatches(text: string, source: string, by: string, files: Files): string {
  const parts: string[] = [];
  let last = 0;
  for (const match of matches(source, text, files)) {
    parts.push(text.slice(last, match.start()), expanded(by, match));
    last = match.end();
  }
  return [...parts, text.slice(last)].join("");
}

/** Matched in linear time by Go's own engine, RE2, which Terraform uses. */
function* matches(source: string, text: string, files: Files): Generator<Matcher> {
  if (text.length > maxLength) throw new TooLarge("its text is too long");
  const pattern = re2().RE2JS.compile(source);
  const matcher = pattern.matcher(text);
  // Every instruction may be tried at every character.
  const work = workPerCharacter * (1 + pattern.programSize() / instructionsPerStep);
  for (let at = 0; ; at = matcher.end()) {
    if (!files.spend((text.length - at + 1) * work)) throw new TooLarge("it matches too often");
    if (!matcher.find()) return;
    yield matcher;
  }
}

/** Named groups as a map, numbered ones as a list, none: the whole match. */
function captures(match: Matcher): Value {
  const names = Object.entries(match.pattern().namedGroups());
  if (names.length > 0) return mapOf(names.map(([name, position]) => [name, match.group(position)]));
  const count = match.groupCount();
  return count === 0 ? match.group() : Array.from({ length: count }, (_, i) => match.group(i + 1));
}

function expanded(by: string, match: Matcher): string {
  const names = match.pattern().namedGroups();
  return by.replace(/\$\{(\w+)\}|\$(\w+)|\$\$/g, (whole, braced?: string, bare?: string) => {
    if (whole === "$$") return "$";
    const name = braced ?? bare ?? "";
    const position = /^\d+$/.test(name) ? Number(name) : names[name];
    return position === undefined || position > match.groupCount() ? "" : (match.group(position) ?? "");
  });
}
