import { isObject, type Json, listOf, objectOf, own } from "../../graph/index.ts";
import {
  type AttributeFacts,
  factsOf,
  OLDEST_PROVIDER,
  type TypeFacts,
} from "../../resources/facts/index.ts";
import { BINDINGS_PROVIDER, VersionRange } from "../../resources/versions.ts";
import type { AttributeChange } from "../review.ts";
import { isEmpty } from "./differences.ts";

/** What the provider or the API writes where nobody has set anything, as JSON. */
const UNSET: ReadonlySet<string> = new Set(["false", "0", '""', "[]", "{}"]);

/**
 * Which differences of a plan are nobody's change: a newer provider reads an attribute for the first time that the one
 * which wrote the state did not know.
 *
 * No state names its provider. But an attribute with a value in it is one that its provider knew, so that the newest of
 * these attributes is the oldest release that can have written the state; where there is none, the oldest that the
 * stacks are made for. Every apply writes the whole state, and from then on a difference is a change again.
 */
export class FirstReads {
  /** The oldest release that can have written the state. */
  readonly writtenSince: string;
  readonly #plan: Json;

  constructor(plan: Json) {
    this.#plan = plan;
    this.writtenSince = writtenSince(plan);
  }

  /**
   * True where the provider that wrote the state did not read the attribute, and a deployment would leave its value alone:
   * the provider takes what the API answers, or it is the default.
   */
  has(resource: Json, { path, before, after }: AttributeChange): boolean {
    if (before !== undefined || after === undefined) return false;
    const facts = factsFor(resource);
    if (facts === undefined) return false;
    const plain = attributeAt(facts, path);
    const known = facts
      .of(plain)
      .knownPeriods.findLast((period) => this.#allows(resource, VersionRange.of(period)));
    if (known?.facts === undefined) return false;
    const { computed, default: initial } = known.facts;
    if (initial !== undefined && JSON.stringify(initial) === after) return true;
    return this.readSince(resource, path) !== undefined && (computed === true || UNSET.has(after));
  }

  /** The release since which the provider reads an attribute; undefined where the one that wrote the state may have read it. */
  readSince(resource: Json, path: string): string | undefined {
    const facts = factsFor(resource);
    const since = facts === undefined ? undefined : readSince(facts, attributeAt(facts, path));
    return since === undefined || isFrom(this.writtenSince, since) ? undefined : since;
  }

  /** The constraint of the provider of a resource in the plan's configuration; undefined where there is none that Terraform reads. */
  constraint(resource: Json): string | undefined {
    const configured = Object.values(
      objectOf(own(objectOf(own(this.#plan, "configuration")), "provider_config")),
    )
      .map(objectOf)
      .find((provider) => provider.full_name === resource.provider_name);
    const constraint = configured?.version_constraint;
    return typeof constraint === "string" && VersionRange.fromConstraint(constraint) !== undefined
      ? constraint
      : undefined;
  }

  #allows(resource: Json, versions: VersionRange): boolean {
    const allowed = VersionRange.fromConstraint(this.constraint(resource) ?? "") ?? VersionRange.any;
    return !allowed.intersection(versions).isEmpty;
  }
}

function writtenSince(plan: Json): string {
  const drifted = new Map(
    listOf(own(plan, "resource_drift")).map((item) => {
      const resource = objectOf(item);
      return [resource.address, own(objectOf(resource.change), "before")];
    }),
  );
  const stored = resourcesIn(
    objectOf(own(objectOf(own(objectOf(plan.prior_state), "values")), "root_module")),
  );
  let oldest = BINDINGS_PROVIDER;
  for (const resource of stored) {
    const values = drifted.has(resource.address) ? drifted.get(resource.address) : resource.values;
    for (const [path, since] of newPaths(factsFor(resource)))
      if (isFrom(since, oldest) && hasValue(values, path.split("."))) oldest = since;
  }
  return oldest;
}

function* resourcesIn(root: Json): Generator<Json> {
  // No recursion: modules of a stranger's plan may be nested as deep as its author likes.
  const modules = [root];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of listOf(module.resources).map(objectOf))
      if (resource.mode !== "data") yield resource;
    for (const child of listOf(module.child_modules)) modules.push(objectOf(child));
  }
}

function factsFor({ type, provider_name }: Json): TypeFacts | undefined {
  return factsOf(String(type), String(provider_name).endsWith("/google-beta") ? "google-beta" : "google");
}

const newPathsOf = new WeakMap<TypeFacts, ReadonlyMap<string, string>>();

/** The attributes that newer releases have added to a type, with the first release that has each. */
function newPaths(facts: TypeFacts | undefined): ReadonlyMap<string, string> {
  if (facts === undefined) return new Map();
  const known = newPathsOf.get(facts);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  const add = (block: string): void => {
    for (const name of facts.names(block)) {
      const path = block === "" ? name : `${block}.${name}`;
      const since = knownSince(facts, path);
      if (since !== undefined) found.set(path, since);
      add(path);
    }
  };
  add("");
  newPathsOf.set(facts, found);
  return found;
}

/** The release since which the provider knows an attribute; undefined where the oldest one does already. */
function knownSince(facts: TypeFacts, path: string): string | undefined {
  return facts.at(path, BINDINGS_PROVIDER) === undefined ? changedSince(facts, path, () => true) : undefined;
}

/** The release since which the provider knows it, or takes what the API answers where nothing is written. */
function readSince(facts: TypeFacts, path: string): string | undefined {
  const before = facts.at(path, BINDINGS_PROVIDER);
  if (before?.computed === true) return undefined;
  return before === undefined
    ? knownSince(facts, path)
    : changedSince(facts, path, ({ computed }) => computed === true);
}

/** The first release after the oldest one of which it is true. */
function changedSince(
  facts: TypeFacts,
  path: string,
  isTrue: (known: AttributeFacts) => boolean,
): string | undefined {
  return facts
    .of(path)
    .knownPeriods.find(
      ({ since = OLDEST_PROVIDER, facts: known }) =>
        known !== undefined && isFrom(since, BINDINGS_PROVIDER) && isTrue(known),
    )?.since;
}

function hasValue(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (Array.isArray(value))
    return value.some((item) => hasValue(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return !isEmpty(value);
  return isObject(value) && hasValue(own(value, step), rest);
}

function isFrom(version: string, since: string): boolean {
  return VersionRange.of({ since }).allows(version);
}

/** The path as the facts have it: without indexes, and a map in place of its keys. */
function attributeAt(facts: TypeFacts, path: string): string {
  const plain = withoutIndexes(path);
  const map = plain.split(".").slice(0, -1).join(".");
  return !facts.has(plain) && facts.of(map).newest?.in === "map" ? map : plain;
}

/** "template.0.containers["app"].env" is "template.containers.env" for the facts. */
export function withoutIndexes(path: string): string {
  return path.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\.\d+(?=[.[]|$)/g, "");
}
