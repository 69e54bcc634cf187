import { isRecord } from "../values/is-record.ts";
import type { Control, Value } from "./controls.ts";

/** A control whose value was changed on the page. */
export interface Edit extends Control {
  readonly changed: Value;
}

/** How an environment file writes a number of a unit. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  s: "seconds",
  "Mbit/s": "megabitsPerSecond",
};

/** What to change in an environment file, nested as it is there; each changed line ends with what it was. */
export function changedLines(edits: readonly Edit[]): string {
  const root = new Map<string, unknown>();
  for (const edit of edits) {
    const last = edit.path.length - 1;
    let group = root;
    for (const [index, step] of edit.path.entries()) {
      const key = typeof step === "number" ? `#${edit.names[index]}` : step;
      if (index === last) group.set(key, edit);
      else {
        const inner = (group.get(key) as Map<string, unknown> | undefined) ?? new Map<string, unknown>();
        group.set(key, inner);
        group = inner;
      }
    }
  }
  return lines(root, "").join("\n");
}

function lines(group: ReadonlyMap<string, unknown>, indent: string): string[] {
  return [...group].flatMap(([key, item]) => {
    const isElement = key.startsWith("#");
    if (item instanceof Map) {
      const isList = [...item.keys()].some((inner) => String(inner).startsWith("#"));
      const [open, close] = isList ? ["[", "]"] : ["{", "}"];
      const name = isElement ? [`${indent}  name: ${JSON.stringify(key.slice(1))},`] : [];
      return [
        `${indent}${isElement ? "" : `${key}: `}${open}`,
        ...name,
        ...lines(item, `${indent}  `),
        `${indent}${close},`,
      ];
    }
    const { leaf, value, changed } = item as Edit;
    const label = isElement ? "" : `${key}: `;
    return [`${indent}${label}${written(leaf, changed)}, // was ${written(leaf, value)}`];
  });
}

function written(leaf: Control["leaf"], value: Value): string {
  if (leaf.kind === "range") return `cidr(${JSON.stringify(value)})`;
  if (leaf.kind !== "number") return JSON.stringify(value);
  if (leaf.unit === "MiB") return `gibibytes(${Number(value) / 1024})`;
  const brand = FUNCTIONS[leaf.unit];
  return brand === undefined ? String(value) : `${brand}(${value})`;
}

/** A copy of the settings with the edits in it. */
export function edited(input: unknown, edits: readonly Edit[]): unknown {
  return edits.reduce<unknown>((whole, { path, changed }) => replaced(whole, path, changed), input);
}

function replaced(whole: unknown, [step, ...rest]: Control["path"], value: Value): unknown {
  if (step === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((item, index) => (index === step ? replaced(item, rest, value) : item));
  if (!isRecord(whole)) return whole;
  return { ...whole, [step]: replaced(whole[step], rest, value) };
}
