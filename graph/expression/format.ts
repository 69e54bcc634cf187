import { isUnknown, type Value } from "../value.ts";
import { Failure, joined, numberOf, textOf } from "./values.ts";

/** Terraform's `format`; unknown arguments stay unknown pieces of the text. */
export function formatted(spec: string, args: readonly Value[]): Value {
  const parts: Value[] = [];
  let next = 0;
  let last = 0;
  for (const match of spec.matchAll(/%([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z%])/g)) {
    const [whole, flags = "", width = "0", precision, position, verb = ""] = match;
    parts.push(spec.slice(last, match.index));
    last = match.index + whole.length;
    if (verb === "%") {
      parts.push("%");
      continue;
    }
    if (position !== undefined) next = Number(position) - 1;
    const arg = args[next++];
    if (arg === undefined) return new Failure("format has too few arguments");
    parts.push(
      isUnknown(arg) ? arg : padded(oneOf(verb, arg, precision, flags), Math.min(Number(width), 1000), flags),
    );
  }
  parts.push(spec.slice(last));
  return joined(parts);
}

function padded(text: Value, width: number, flags: string): Value {
  if (typeof text !== "string") return text;
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0")) return text.padStart(width);
  return text.startsWith("-") ? `-${text.slice(1).padStart(width - 1, "0")}` : text.padStart(width, "0");
}

function oneOf(verb: string, arg: Value, precision: string | undefined, flags: string): Value {
  const refused = new Failure(`format does not take %${verb} here`);
  if (verb === "s" || verb === "v") {
    if (arg === null) return verb === "v" ? "null" : refused;
    return textOf(arg) ?? JSON.stringify(arg);
  }
  if (verb === "q") return JSON.stringify(textOf(arg) ?? "");
  if (verb === "t") return typeof arg === "boolean" ? String(arg) : refused;
  const number = numberOf(arg);
  if (number === undefined) return refused;
  const sign = flags.includes("+") && number >= 0 ? "+" : "";
  if (verb === "d") return sign + Math.trunc(number).toString();
  if (verb === "f" || verb === "F") return sign + number.toFixed(Math.min(Number(precision ?? 6), 100));
  if (verb === "x") return Math.trunc(number).toString(16);
  if (verb === "X") return Math.trunc(number).toString(16).toUpperCase();
  if (verb === "o") return Math.trunc(number).toString(8);
  if (verb === "b") return Math.trunc(number).toString(2);
  if (verb === "e") return number.toExponential(precision === undefined ? 6 : Number(precision));
  return verb === "g" || verb === "G" ? String(number) : refused;
}
