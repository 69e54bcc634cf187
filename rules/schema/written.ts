import { isUnknown, type Value } from "../../graph/index.ts";
import type { PathFacts } from "../../resources/facts/index.ts";
import type { Subject } from "./subject.ts";

/** A block as it is written, the resource itself included. */
export interface WrittenBlock {
  /** "settings.ip_configuration"; empty for the resource. */
  readonly path: string;
  readonly values: { readonly [name: string]: Value };
  readonly facts: PathFacts;
  readonly attributes: readonly WrittenAttribute[];
}

/** One attribute or block of a written block. */
export interface WrittenAttribute {
  /** "settings.ip_configuration.ssl_mode". */
  readonly path: string;
  readonly name: string;
  readonly block: WrittenBlock;
  readonly value: Value;
  readonly facts: PathFacts;
}

/** Arguments of every resource, which no schema lists. */
const common = new Set(["id", "lifecycle", "timeouts"]);

interface Written {
  readonly blocks: readonly WrittenBlock[];
  readonly attributes: readonly WrittenAttribute[];
}

/** Every rule of this family looks at the same. */
const written = new WeakMap<Subject, Written>();

function writtenOf(subject: Subject): Written {
  let found = written.get(subject);
  if (found === undefined) {
    const { resource, facts } = subject;
    const blocks: WrittenBlock[] = [];
    if (facts !== undefined) addBlocks(facts.of(""), resource.values, blocks);
    found = { blocks, attributes: blocks.flatMap(({ attributes }) => attributes) };
    written.set(subject, found);
  }
  return found;
}

/** The resource and all blocks in it, as far as they are known. */
export function writtenBlocks(subject: Subject): readonly WrittenBlock[] {
  return writtenOf(subject).blocks;
}

function addBlocks(facts: PathFacts, values: WrittenBlock["values"], found: WrittenBlock[]): void {
  const attributes: WrittenAttribute[] = [];
  const block = { path: facts.path, values, facts, attributes };
  found.push(block);
  for (const name of Object.keys(values)) {
    if (facts.path === "" && common.has(name)) continue;
    const member = facts.member(name);
    attributes.push({ path: member.path, name, block, value: values[name] ?? null, facts: member });
  }
  for (const attribute of attributes) {
    if (typeof attribute.value !== "object" || attribute.facts.newest?.nested === undefined) continue;
    for (const item of itemsOf(attribute.value)) if (isMap(item)) addBlocks(attribute.facts, item, found);
  }
}

/** Every attribute and block of a resource. */
export function writtenAttributes(subject: Subject): readonly WrittenAttribute[] {
  return writtenOf(subject).attributes;
}

/** The blocks or elements of a value: one is written as itself or as a list of one. */
export function itemsOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value as Value];
}

export function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}
