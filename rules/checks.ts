import {
  type Graph,
  isUnknown,
  type ReadObserver,
  Resource,
  type Unknown,
  type Value,
} from "../graph/index.ts";
import { enumerated } from "../values/enumerated.ts";
import type { Finding, LocatedFinding, RuleText } from "./rule.ts";

export const unknownInput: RuleText = {
  id: "input/unknown",
  why: "A check of a value that is not known would pass without having been made.",
  limit: "every value that a rule looks at is known, or known after the apply",
  fix: "Give the variable a value, or verify the plan.",
  source: "https://developer.hashicorp.com/terraform/language/values/variables",
  exampleSeverity: "unknown",
};

export const rejectedInput: RuleText = {
  id: "input/rejected",
  why: "Terraform plans nothing of a configuration that it rejects as a whole.",
  limit: "outputs, imports, moves, repetitions and configurations of providers are as Terraform takes them",
  fix: "Change it as the message says.",
  source: "https://developer.hashicorp.com/terraform/language",
};

/** What Terraform rejects of the configuration as a whole. */
export function rejections(graph: Graph): LocatedFinding[] {
  return graph.rejections.map(({ address, origin, message, fix }) => {
    const resource = graph.at(address);
    return {
      rule: rejectedInput.id,
      severity: "error",
      address,
      path: resource?.path ?? null,
      message,
      fix,
      source: rejectedInput.source,
      origin: origin ?? resource?.origin ?? "",
    };
  });
}

/** How many checks there were: one is what one rule says of one resource. */
export interface CheckCount {
  readonly made: number;
  /** Those that could not be made, because a value is not known before the plan. */
  readonly open: number;
  /** What would settle them, and how many each: "variable tier", "data.google_project.main". Most first. */
  readonly inputs: readonly (readonly [input: string, checks: number])[];
}

export function sumOfChecks(counts: readonly CheckCount[]): CheckCount {
  const inputs = new Map<string, number>();
  for (const [input, checks] of counts.flatMap((count) => count.inputs))
    inputs.set(input, (inputs.get(input) ?? 0) + checks);
  return {
    made: counts.reduce((sum, { made }) => sum + made, 0),
    open: counts.reduce((sum, { open }) => sum + open, 0),
    inputs: mostFirst([...inputs]),
  };
}

function mostFirst(inputs: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  return [...inputs].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** A value that a rule looked at and that is not known. */
interface OpenRead {
  readonly value: Unknown;
  /** Ids of rules that looked at it; empty where only what they share did. */
  readonly rules: Set<string>;
}

/** Takes note of what the rules look at: how many checks are made, and which cannot be. */
export class Checks {
  #rule = "";
  #pairs = 0;
  /** Counted for the rule already. */
  #counted: object | undefined;
  readonly #lastRule = new Map<object, string>();
  readonly #open = new Map<Resource, Map<string, OpenRead>>();

  readonly observe: ReadObserver = (resource, path, value, isShared) => {
    // A rule nearly always reads several attributes of one resource in a row.
    if (!isShared && resource !== this.#counted) {
      this.#counted = resource;
      if (this.#lastRule.get(resource) !== this.#rule) {
        this.#lastRule.set(resource, this.#rule);
        this.#pairs++;
      }
    }
    if (typeof value !== "object") return;
    const unknown = unknownIn(value);
    if (unknown === undefined || unknown.cause === "apply" || !(resource instanceof Resource)) return;
    const reads = this.#open.get(resource) ?? new Map<string, OpenRead>();
    this.#open.set(resource, reads);
    // A path without an index leads to the first block.
    const place = path.replaceAll("[0]", "");
    const read = reads.get(place) ?? { value: unknown, rules: new Set() };
    reads.set(place, read);
    if (!isShared) read.rules.add(this.#rule);
  };

  start(rule: string): void {
    this.#rule = rule;
    this.#counted = undefined;
  }

  count(): CheckCount {
    const checks = new Map<string, Set<string>>();
    let open = 0;
    for (const [resource, reads] of this.#open) {
      const rules = new Set([...reads.values()].flatMap(rulesOf));
      open += rules.size;
      for (const read of reads.values())
        for (const input of inputsOf(read.value)) {
          const settled = checks.get(input) ?? new Set();
          checks.set(input, settled);
          for (const rule of rulesOf(read)) settled.add(`${resource.origin} ${resource.address} ${rule}`);
        }
    }
    return {
      made: Math.max(0, this.#pairs - open),
      open,
      inputs: mostFirst([...checks].map(([input, settled]) => [input, settled.size])),
    };
  }

  /**
   * What could not be checked although a plan would show it, by resource and attribute; without what a rule has reported
   * as unknown itself.
   */
  *findings(reported: readonly Finding[]): Iterable<LocatedFinding> {
    const already = new Set(
      reported
        .filter(({ severity }) => severity === "unknown")
        .map(({ rule, address }) => `${rule} ${address}`),
    );
    for (const [resource, reads] of this.#open)
      for (const [path, { value, rules }] of reads) {
        const silent = [...rules].filter((rule) => !already.has(`${rule} ${resource.address}`));
        if (value.cause !== "outside" && (rules.size === 0 || silent.length > 0))
          yield finding(resource, `${path} is not known`, value, silent);
      }
  }
}

/** Resources of which it is not known how many there are, or whether there is one. */
export function* unknownInstances(resources: readonly Resource[]): Iterable<LocatedFinding> {
  for (const resource of resources) {
    const { unknownInstances: why } = resource;
    if (why !== undefined && why.cause !== "apply" && why.cause !== "outside")
      yield finding(resource, "the number of instances is not known", why, []);
  }
}

function finding(resource: Resource, what: string, value: Unknown, rules: readonly string[]): LocatedFinding {
  const { address, path, origin } = resource;
  const by = rules.length === 0 ? "the rules" : named(rules);
  return {
    rule: unknownInput.id,
    severity: "unknown",
    address,
    path,
    message: `${what}; not checked by ${by}: ${value.why}.`,
    fix: fixOf(value),
    source: unknownInput.source,
    origin,
  };
}

/** Rules that are named in one sentence. */
const MAX_NAMED_RULES = 3;

function named(rules: readonly string[]): string {
  const more = rules.length - MAX_NAMED_RULES;
  return more > 0 ? `${rules.slice(0, MAX_NAMED_RULES).join(", ")} and ${more} more` : enumerated(rules);
}

function fixOf(value: Unknown): string {
  const [variable] = variablesOf(value);
  return variable === undefined
    ? "Write the value itself, or verify the plan (terraform show -json)."
    : `Give ${enumerated(variablesOf(value).map((name) => `variable ${name}`))} a value, for example with --var ${variable}=VALUE or --var-file.`;
}

function rulesOf({ rules }: OpenRead): readonly string[] {
  return rules.size === 0 ? [""] : [...rules];
}

function inputsOf(value: Unknown): readonly string[] {
  if (value.cause === "variable") return variablesOf(value).map((name) => `variable ${name}`);
  if (value.cause === "outside")
    return outsideOf([...new Set(value.references.map(({ address }) => address))]);
  return [value.why];
}

/** The data sources and modules among the addresses; all of them where there is none. */
function outsideOf(addresses: readonly string[]): readonly string[] {
  const outside = addresses.filter((address) => /^(?:.*\.)?(?:data|module)\./.test(address));
  return outside.length > 0 ? outside : addresses;
}

/** Names of the variables of the root module that it depends on. */
function variablesOf({ references }: Unknown): readonly string[] {
  return [...new Set(references.flatMap(({ address }) => /(?:^|\.)var\.([\w-]+)$/.exec(address)?.[1] ?? []))];
}

const firstUnknowns = new WeakMap<readonly Value[], { readonly value: Unknown | undefined }>();

/** The value, or the first of a list, that is not known. */
function unknownIn(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value;
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly Value[];
  const known = firstUnknowns.get(list) ?? { value: list.find(isUnknown) };
  firstUnknowns.set(list, known);
  return known.value;
}
