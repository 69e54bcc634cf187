import { isUnknown, type Value } from "../../graph/index.ts";
import type { TypeFacts } from "../../resources/facts/index.ts";
import type { Subject } from "./subject.ts";

/** A block as it is written, the resource itself included. */
export interface WrittenBlock {
  /** "settings.ip_configuration"; empty for the resource. */
  readonly path: string;
  readonly values: { readonly [name: string]: Value };
}

/** One attribute or block of a written block. */
export interface WrittenAttribute {
  /** "settings.ip_configuration.ssl_mode". */
  readonly path: string;
  readonly name: string;
  readonly block: WrittenBlock;
  readonly value: Value;
}

/** Arguments of every resource, which no schema lists. */
const common = new Set(["id", "lifecycle", "timeouts"]);

/** Every rule of this family looks at the same blocks. */
const blocks = new WeakMap<Subject, readonly WrittenBlock[]>();
const attributes = new WeakMap<WrittenBlock, readonly WrittenAttribute[]>();
const all = new WeakMap<Subject, readonly WrittenAttribute[]>();

/** The resource and all blocks in it, as far as they are known. */
export function writtenBlocks(subject: Subject): readonly WrittenBlock[] {
  const { resource, facts } = subject;
  if (facts === undefined) return [];
  const found = blocks.get(subject) ?? [...blocksIn({ path: "", values: resource.values }, facts)];
  blocks.set(subject, found);
  return found;
}

function* blocksIn(block: WrittenBlock, facts: TypeFacts): Generator<WrittenBlock> {
  yield block;
  for (const { path, value } of attributesIn(block)) {
    if (facts.newest(path)?.nested === undefined) continue;
    for (const item of itemsOf(value)) if (isMap(item)) yield* blocksIn({ path, values: item }, facts);
  }
}

export function attributesIn(block: WrittenBlock): readonly WrittenAttribute[] {
  const found = attributes.get(block) ?? attributesOf(block);
  attributes.set(block, found);
  return found;
}

function attributesOf(block: WrittenBlock): WrittenAttribute[] {
  return Object.entries(block.values)
    .filter(([name]) => block.path !== "" || !common.has(name))
    .map(([name, value]) => ({
      name,
      value,
      block,
      path: block.path === "" ? name : `${block.path}.${name}`,
    }));
}

/** Every attribute and block of a resource. */
export function writtenAttributes(subject: Subject): readonly WrittenAttribute[] {
  const found = all.get(subject) ?? writtenBlocks(subject).flatMap(attributesIn);
  all.set(subject, found);
  return found;
}

/** The blocks or elements of a value: one is written as itself or as a list of one. */
export function itemsOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value as Value];
}

export function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}
