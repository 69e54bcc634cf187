import { isRecord } from "../values/is-record.ts";
import { type Control, identityOf, type Value } from "./controls.ts";

/** A control whose value was changed on the page. */
export interface Edit extends Control {
  readonly changed: Value;
}

/** The edits of one section or list, by the key or the position that comes next. */
type Group = Map<string | number, Group | Edit>;

/** How an environment file writes a number of a unit. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  s: "seconds",
  "Mbit/s": "megabitsPerSecond",
};

/**
 * What to change in an environment file, nested and ordered as it is there; each changed line ends with what it was. A section that
 * the file may leave out is written as a whole.
 *
 * @param input the settings without the edits
 * @param controls all of them
 */
export function changedLines(input: unknown, edits: readonly Edit[], controls: readonly Control[]): string {
  const isNeighbour = (control: Control): boolean =>
    control.isInDefault &&
    edits.some(
      ({ path, isInDefault }) => isInDefault && isSame(path.slice(0, -1), control.path.slice(0, -1)),
    );
  const written = controls.flatMap(
    (control): Edit | readonly [] =>
      edits.find(({ path }) => isSame(path, control.path)) ??
      (isNeighbour(control) ? { ...control, changed: control.value } : []),
  );
  return section(grouped(written), input, "").join("\n");
}

function isSame(path: Control["path"], other: Control["path"]): boolean {
  return path.join() === other.join();
}

function grouped(edits: readonly Edit[]): Group {
  const root: Group = new Map();
  for (const edit of edits) {
    let group = root;
    for (const step of edit.path.slice(0, -1)) {
      const known = group.get(step);
      const inner: Group = known instanceof Map ? known : new Map();
      group.set(step, inner);
      group = inner;
    }
    group.set(edit.path.at(-1) ?? "", edit);
  }
  return root;
}

function section(group: Group, input: unknown, indent: string): string[] {
  return [...group].flatMap(([key, item]) => {
    const value = at(input, key);
    if (!(item instanceof Map)) return [`${indent}${key}: ${changeOf(item)}`];
    if (!Array.isArray(value)) {
      const inner = `${indent}  `;
      return [
        `${indent}${key}: {`,
        ...texts(item, value, inner),
        ...section(item, value, inner),
        `${indent}},`,
      ];
    }
    if (!value.some(isRecord)) return [`${indent}${key}: ${wholeList(item, value)}`];
    return [`${indent}${key}: [`, ...elements(item, value, `${indent}  `), `${indent}],`];
  });
}

/** What has no control in a section that is written as a whole. */
function texts(group: Group, value: unknown, indent: string): string[] {
  const isWhole = [...group.values()].some((item) => !(item instanceof Map) && item.isInDefault);
  if (!isWhole || !isRecord(value)) return [];
  return Object.entries(value)
    .filter(([key, item]) => !group.has(key) && item !== undefined)
    .map(([key, item]) => `${indent}${key}: ${JSON.stringify(item)},`);
}

/** Elements by what tells them from the others; what stays as it is is left out. */
function elements(group: Group, list: readonly unknown[], indent: string): string[] {
  return [...group].flatMap(([position, item]) => {
    const element = list[Number(position)];
    const identity = identityOf(element);
    return item instanceof Map
      ? [
          `${indent}{`,
          ...(identity === undefined ? [] : [`${indent}  ${identity[0]}: ${JSON.stringify(identity[1])},`]),
          ...section(item, element, `${indent}  `),
          `${indent}},`,
        ]
      : [];
  });
}

/** A list of numbers is written as a whole: it may be a default that the file leaves out. */
function wholeList(group: Group, list: readonly unknown[]): string {
  const changed = list.map((item, index) => {
    const edit = group.get(index);
    return edit === undefined || edit instanceof Map ? item : edit.changed;
  });
  const written = (items: readonly unknown[]): string => `[${items.join(", ")}]`;
  return `${written(changed)}, // was ${written(list)}`;
}

function changeOf(edit: Edit): string {
  const was = edit.value === edit.changed ? "" : ` // was ${written(edit, edit.value)}`;
  return `${written(edit, edit.changed)},${was}`;
}

function written({ leaf, isInMinutes }: Control, value: Value): string {
  if (leaf.kind === "range") return `cidr(${JSON.stringify(value)})`;
  if (leaf.kind !== "number") return JSON.stringify(value);
  if (leaf.unit === "MiB")
    return Number(value) % 512 === 0 ? `gibibytes(${Number(value) / 1024})` : `mebibytes(${value})`;
  if (isInMinutes && Number(value) % 60 === 0) return `minutes(${Number(value) / 60})`;
  const brand = FUNCTIONS[leaf.unit];
  return brand === undefined ? String(value) : `${brand}(${value})`;
}

/** A copy of the settings with the edits in it. */
export function edited(input: unknown, edits: readonly Edit[]): unknown {
  return edits.reduce<unknown>((whole, { path, changed }) => replaced(whole, path, changed), input);
}

function replaced(whole: unknown, [step, ...rest]: Control["path"], value: Value): unknown {
  if (step === undefined) return value;
  const inner = replaced(at(whole, step), rest, value);
  if (Array.isArray(whole)) return whole.map((item, index) => (index === step ? inner : item));
  return isRecord(whole) ? { ...whole, [step]: inner } : whole;
}

function at(whole: unknown, step: string | number): unknown {
  return (whole as Readonly<Record<string | number, unknown>> | undefined)?.[step];
}
