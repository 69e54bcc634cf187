import type { Graph, Resource } from "../graph/index.ts";
import type { Validity } from "../resources/index.ts";

/** "unknown" is the third answer: the rule could not decide, and reports so. */
export type Severity = "error" | "warning" | "unknown";

/** What a rule says of one resource. One sentence each, written for a tired person on call. */
export interface Violation {
  /** The resource to change. */
  readonly resource: Resource;
  /** @default "error" */
  readonly severity?: Severity;
  /** What is wrong: the value found, the bound, whose number it collides with, and what would happen ("rejected by the API: ...", "rejected at plan: ...", "fails at run time: ...", "is a security risk: ..."). */
  readonly message: string;
  /** What to change; overrides the rule's own `fix`. */
  readonly fix?: string;
  /** Where this bound is documented; overrides the rule's own `source`. */
  readonly source?: string;
  /**
   * The dotted paths of the attributes it is about, of a general rule: it gives way to another rule that names them all of
   * the same resource, which explains it better.
   */
  readonly givesWayOn?: readonly string[];
  /** The provider versions in which this holds; all of them if empty. */
  readonly versions?: Validity;
}

export interface Rule {
  /** Stable id, "family/name", the same as its file: rules/address/overlap.ts is "address/overlap". */
  readonly id: string;
  /** One sentence: what goes wrong when this is broken. */
  readonly why: string;
  /** The bound, in words. */
  readonly limit: string;
  /** What to do about it, in general. */
  readonly fix: string;
  /** Where the limit or behaviour is documented. */
  readonly source: string;
  /** What the rule reports for its example. @default "error" */
  readonly exampleSeverity?: Severity;
  check(graph: Graph): Iterable<Violation>;
}

/** A violation as it is reported, in the shape of `verify --format json`. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What works, and is open to people who should not get in. */
  readonly category?: "security";
  /** Terraform address of the resource to change. */
  readonly address: string;
  /** Construct path, or null. */
  readonly path: string | null;
  readonly message: string;
  readonly fix: string;
  readonly source: string;
}

/** A finding with the location of its resource, for reports that show a file. */
export interface LocatedFinding extends Finding {
  /** Stack, file (with line where it is known), module or plan; empty where it has none. */
  readonly origin: string;
}

/** The documentation of a rule. */
export type RuleText = Omit<Rule, "check">;
