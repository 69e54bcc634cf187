import { byText } from "../../values/by-text.ts";
import { enumerated } from "../../values/enumerated.ts";
import { nearest } from "../../values/nearest.ts";
import { plural } from "../../values/words.ts";
import { type Attributes, isSet } from "../attributes.ts";
import type { Validity } from "../versions.ts";
import { boundsOf, numberOf, sourceOf, unitOf } from "./bound.ts";
import { describeCase, describeValues, meets, within } from "./condition.ts";
import type {
  Choice,
  Conflict,
  Constraint,
  Fault,
  Forbidden,
  Form,
  Location,
  OneOf,
  Order,
  Range,
  Required,
  Unique,
} from "./constraint.ts";

/** One broken constraint, in the grammar of all messages. */
export interface FieldViolation {
  readonly severity: "error" | "warning";
  /** "max_instances is 15; rejected by the API: it must be 3 to 10 instances." */
  readonly message: string;
  /** Undefined where the fix of the rule is all that can be said. */
  readonly fix: string | undefined;
  readonly source: string | undefined;
  readonly versions: Validity;
}

/** What breaks the constraint, in the resource or in each of the blocks that it is about. */
export function* evaluate(
  constraint: Constraint,
  resource: Attributes,
  location: Location = { project: undefined, region: undefined },
): Iterable<FieldViolation> {
  for (const [place, block] of blocksAt(resource, constraint.within ?? "")) {
    if (constraint.when !== undefined && meets(block, constraint.when) !== true) continue;
    if (constraint.unless !== undefined && meets(block, constraint.unless) !== false) continue;
    for (const fault of faults(constraint, block, location)) {
      const { outcome, because, fix, severity } = constraint;
      yield {
        severity: fault.severity ?? severity ?? "error",
        message: `${fault.before ?? ""}${place}${fault.found}; ${fault.outcome ?? outcome ?? "rejected by the API"}: ${because ?? fault.because}.`,
        fix: fix ?? fault.fix,
        source: sourceOf(constraint),
        versions: fault.versions ?? constraint,
      };
    }
  }
}

/** The blocks at a path such as "conditions[].condition_threshold", each with its place for messages. */
function blocksAt(resource: Attributes, path: string): (readonly [place: string, block: Attributes])[] {
  let found: (readonly [string, Attributes])[] = [["", resource]];
  for (const { name, isEach } of stepsOf(path)) {
    const inner: (readonly [string, Attributes])[] = [];
    for (const [place, block] of found) {
      const blocks = block.blocks(name);
      const used = isEach ? blocks : blocks.slice(0, 1);
      for (const [index, each] of used.entries())
        inner.push([`${place}${name}${used.length > 1 ? `[${index}]` : ""}.`, each]);
    }
    if (inner.length === 0) return inner;
    found = inner;
  }
  return found;
}

/** The steps of a path, each with whether all of its blocks count or the first one alone. */
const stepsOf = byText((path) =>
  (path === "" ? [] : path.split(".")).map((step) => ({
    name: step.replace("[]", ""),
    isEach: step.endsWith("[]"),
  })),
);

function faults(constraint: Constraint, block: Attributes, location: Location): Iterable<Fault> {
  switch (constraint.kind) {
    case "range":
      return rangeFaults(constraint, block);
    case "choice":
      return choiceFaults(constraint, block);
    case "form":
      return formFaults(constraint, block);
    case "order":
      return orderFaults(constraint, block);
    case "one of":
      return oneOfFaults(constraint, block);
    case "required":
      return requiredFaults(constraint, block);
    case "forbidden":
      return forbiddenFaults(constraint, block);
    case "conflict":
      return conflictFaults(constraint, block);
    case "unique":
      return uniqueFaults(constraint, block);
    case "custom":
      return constraint.check(block, location);
  }
}

export function rangeFaults(constraint: Range, block: Attributes): Iterable<Fault> {
  const { measure = "value" } = constraint;
  if (measure === "duration") return durationFaults(constraint, block);
  return measure === "value" ? numberFaults(constraint, block) : sizeFaults(constraint, block, measure);
}

function* numberFaults(constraint: Range, block: Attributes): Iterable<Fault> {
  const value = block.number(constraint.attribute);
  const text = block.string(constraint.attribute);
  if (value === undefined && text !== undefined && text !== "")
    yield {
      found: `${constraint.attribute} is "${text}"`,
      because: `it must be ${boundsOf(constraint)}`,
      fix: `Set ${constraint.attribute} to a number, for example ${exampleOf(constraint)}.`,
    };
  if (value === undefined || (value === 0 && constraint.zeroIsUnset === true)) return;
  yield* outOfBounds(constraint, value, String(value));
}

function* sizeFaults(
  constraint: Range,
  block: Attributes,
  measure: "characters" | "bytes" | "entries",
): Iterable<Fault> {
  const { attribute, low, high } = constraint;
  const length = measure === "entries" ? block.entries(attribute) : textLength(block, attribute, measure);
  if (length === undefined) return;
  const above = high !== undefined && length > numberOf(high);
  if (!above && (low === undefined || block.isUnknown(attribute) || length >= numberOf(low))) return;
  const bound = above ? `${numberOf(high)} ${measure} or less` : `${numberOf(low ?? 0)} ${measure} or more`;
  yield {
    found: `${attribute} has ${length} ${measure}`,
    because: `it must have ${boundsOf(constraint)}`,
    fix: `${above ? "Shorten" : "Extend"} ${attribute} to ${bound}.`,
  };
}

/** Of a half-known text, the part that is known. */
function textLength(block: Attributes, path: string, measure: "characters" | "bytes"): number | undefined {
  const text = block.string(path) ?? block.pieces(path).join("");
  if (text === "") return undefined;
  return measure === "bytes" ? Buffer.byteLength(text) : text.length;
}

/** Seconds of a protobuf duration; undefined where the text is none. */
export function durationSeconds(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d{1,9})?)s$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function* durationFaults(constraint: Range, block: Attributes): Iterable<Fault> {
  const text = block.string(constraint.attribute);
  if (text === undefined || text === "") return;
  const seconds = durationSeconds(text);
  if (seconds === undefined)
    yield {
      found: `${constraint.attribute} is "${text}"`,
      because: 'a duration is seconds followed by "s"',
      fix: `Write the seconds, for example ${constraint.attribute} = "${exampleOf(constraint)}s".`,
    };
  else if (seconds !== 0 || constraint.zeroIsUnset !== true)
    yield* outOfBounds(constraint, seconds, `${seconds} s`);
}

function* outOfBounds(constraint: Range, value: number, shown: string): Iterable<Fault> {
  const { attribute, low, high, step } = constraint;
  const below = low !== undefined && value < numberOf(low);
  const above = high !== undefined && value > numberOf(high);
  const between =
    step !== undefined && Math.abs(value / numberOf(step) - Math.round(value / numberOf(step))) > 1e-9;
  if (!below && !above && !between) return;
  const bound = above ? high : below ? low : undefined;
  const unit = unitOf(constraint);
  const suffix = unit === "" ? "" : ` ${unit}`;
  const written = (number: number) => (constraint.measure === "duration" ? `"${number}s"` : `${number}`);
  yield {
    found: `${attribute} is ${shown}`,
    because: `it must be ${boundsOf(constraint)}`,
    fix:
      bound === undefined
        ? `Set ${attribute} to ${boundsOf(constraint)}, for example ${written(exampleNear(constraint, value))}.`
        : `Set ${attribute} to ${numberOf(bound)}${suffix} or ${above ? "less" : "more"}, for example ${written(exampleNear(constraint, value))}.`,
  };
}

/** The allowed value that is nearest to the one that was written. */
function exampleNear({ low, high, step }: Range, value: number): number {
  const size = step === undefined ? undefined : numberOf(step);
  const lowest = low === undefined ? Number.NEGATIVE_INFINITY : numberOf(low);
  const highest = high === undefined ? Number.POSITIVE_INFINITY : numberOf(high);
  const within = Math.min(highest, Math.max(lowest, value));
  if (size === undefined) return within;
  const [down, up] = [Math.floor(within / size) * size, Math.ceil(within / size) * size];
  return up <= highest ? up : down;
}

function exampleOf(constraint: Range): number {
  return exampleNear(constraint, constraint.low === undefined ? 60 : numberOf(constraint.low));
}

function* choiceFaults({ attribute, values, added = {} }: Choice, block: Attributes): Iterable<Fault> {
  const value = block.string(attribute);
  if (value === undefined || value === "" || values.includes(value)) return;
  const allowed = values.length === 1 ? values.join() : `one of ${values.join(", ")}`;
  const since = Object.hasOwn(added, value) ? added[value] : undefined;
  if (since !== undefined) {
    yield {
      found: `${attribute} is "${value}"`,
      because: `the provider takes it from ${since} on`,
      fix: `Require version ${since} or newer of the provider, or write ${allowed}.`,
      versions: { until: since },
    };
    return;
  }
  const meant = nearest(value, [...values, ...Object.keys(added)]);
  yield {
    found: `${attribute} is "${value}"`,
    because: `it must be ${allowed}`,
    fix: meant === undefined ? `Write ${allowed}.` : `Write "${meant}".`,
  };
}

function* formFaults(constraint: Form, block: Attributes): Iterable<Fault> {
  const { attribute, pattern, form, longest, signs, examples } = constraint;
  const value = block.string(attribute);
  const fault = (found: string): Fault => ({
    found,
    because: `it must be ${form}`,
    fix: `Write ${form}, for example "${examples[0]}".`,
  });
  const list = block.get(attribute);
  for (const entry of Array.isArray(list) ? (list as readonly unknown[]) : [])
    if (typeof entry === "string" && !pattern.test(entry))
      yield fault(`${attribute} contains ${JSON.stringify(entry)}`);
  if (value !== undefined) {
    if (value !== "" && !pattern.test(value))
      yield fault(
        `${attribute} is "${value}"${longest === undefined ? "" : ` (${plural(value.length, "character")})`}`,
      );
    return;
  }
  // What is known of a half-known text may be too much already.
  const pieces = block.pieces(attribute);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const tooLong = longest !== undefined && length > numberOf(longest);
  const otherSign = signs !== undefined && pieces.some((piece) => !signs.test(piece));
  if (tooLong || otherSign)
    yield fault(`${attribute} is "${pieces.join("…")}" (at least ${plural(length, "character")})`);
}

function* orderFaults(constraint: Order, block: Attributes): Iterable<Fault> {
  const { lower, higher, orEqual, zeroIsUnset, measure } = constraint;
  const isDuration = measure === "duration";
  const [low, high] = [lower, higher].map((path) =>
    isDuration ? durationSeconds(block.string(path) ?? "") : block.number(path),
  );
  if (low === undefined || high === undefined) return;
  if (zeroIsUnset === true && (low === 0 || high === 0)) return;
  if (low < high || (orEqual === true && low === high)) return;
  const above = within(higher, lower);
  yield {
    found: isDuration
      ? `${lower} is ${low} s and ${above} is ${high} s`
      : `${lower} is ${low} and ${above} is ${high}`,
    because: `${lower} must be below ${orEqual === true ? "or equal to " : ""}${above}`,
    fix: `Lower ${lower}, or raise ${above}.`,
  };
}

function* oneOfFaults({ attributes, count, zeroIsUnset }: OneOf, block: Attributes): Iterable<Fault> {
  const set = attributes.filter(
    (path) => isSet(block, path) && !(zeroIsUnset === true && block.number(path) === 0),
  );
  const certain = set.filter((path) => !block.mayBeNull(path));
  if (count !== "at least one" && certain.length > 1)
    yield {
      found: `${enumerated(certain)} are set`,
      because: count === "exactly one" ? "exactly one of them must be set" : "at most one of them may be set",
      fix: `Keep one of them, for example ${certain[0]}.`,
    };
  if (count !== "at most one" && set.length === 0)
    yield {
      before: attributes.length === 2 ? "neither " : "none of ",
      found: `${enumerated(attributes, attributes.length === 2 ? "nor" : "and")} is set`,
      because: `${count} of them must be set`,
      fix: `Set ${enumerated(attributes, "or")}.`,
    };
}

function* requiredFaults({ attributes, when }: Required, block: Attributes): Iterable<Fault> {
  for (const attribute of attributes)
    if (!isSet(block, attribute))
      yield {
        found: `${attribute} is not set${given(when, block)}`,
        because: "it is needed",
        fix: `Set ${attribute}.`,
      };
}

function* forbiddenFaults({ attributes, when }: Forbidden, block: Attributes): Iterable<Fault> {
  for (const attribute of attributes)
    if (isSet(block, attribute) && !block.mayBeNull(attribute))
      yield {
        found: `${attribute} is ${shown(block, attribute)}${given(when, block)}`,
        because: "it is not allowed together with that",
        fix: `Remove ${attribute}.`,
      };
}

function* conflictFaults({ values }: Conflict, block: Attributes): Iterable<Fault> {
  if (meets(block, values) === true)
    yield {
      found: describeValues(block, values),
      because: "they exclude each other",
      fix: `Change ${enumerated(Object.keys(values), "or")}.`,
    };
}

function* uniqueFaults({ blocks, attribute }: Unique, block: Attributes): Iterable<Fault> {
  const seen = new Set<unknown>();
  for (const inner of block.blocks(blocks)) {
    const value = inner.get(attribute);
    const values: ReadonlySet<unknown> = new Set(Array.isArray(value) ? value : [value]);
    for (const each of values) {
      if (typeof each !== "string" && typeof each !== "number") continue;
      if (seen.has(each))
        yield {
          found: `${blocks}.${attribute} ${Array.isArray(value) ? "contains" : "is"} ${JSON.stringify(each)} in two blocks`,
          because: "each value may be in one of them only",
          fix: "Change one of them, or merge the two blocks.",
        };
      seen.add(each);
    }
  }
}

function given(when: Constraint["when"], block: Attributes): string {
  return when === undefined ? "" : describeCase(block, when);
}

function shown(block: Attributes, path: string): string {
  const value = block.get(path);
  return typeof value === "object" || block.isUnknown(path) ? "set" : JSON.stringify(value);
}
