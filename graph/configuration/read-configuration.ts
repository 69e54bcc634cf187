import { withMembers } from "../module-members.ts";
import type { VersionConstraint } from "../provider-versions.ts";
import type { Rejection } from "../rejection.ts";
import type { Resource } from "../resource.ts";
import type { Cause, Value } from "../value.ts";
import { Evaluation } from "./evaluation.ts";
import { ModuleInstance } from "./module-instance.ts";
import type { ModuleSource } from "./module-source.ts";
import { missingAliases } from "./provider-aliases.ts";
import { relocationIssues } from "./relocations.ts";
import type { DroppedAttribute } from "./type-constraint.ts";

/** What one root module holds. */
export interface Configuration {
  readonly resources: readonly Resource[];
  /** What was not read. */
  readonly unread: readonly string[];
  /** Texts that it marks as sensitive. */
  readonly sensitive: ReadonlySet<string>;
  /** Why it was not evaluated to its end. */
  readonly gaveUp: readonly string[];
  /** What Terraform rejects of it as a whole. */
  readonly rejections: readonly Rejection[];
  /** What was assumed in reading it. */
  readonly notes: readonly string[];
  /** What the modules in it require of the versions of their providers, the root's first. */
  readonly versionConstraints: readonly VersionConstraint[];
  /** Values that refer to themselves, directly or through others; rejected at plan. */
  readonly cycles: readonly string[];
  /** What expressions refer to although no module declares it. */
  readonly undeclared: readonly string[];
  /** What the object types of its variables leave out of their values, by the address of the variable. */
  readonly dropped: ReadonlyMap<string, readonly DroppedAttribute[]>;
  /** What names what is not declared: blocks import, moved and removed, and configurations of providers. */
  readonly declarationIssues: readonly Rejection[];
}

/**
 * Evaluates a root module with the values of its variable files.
 *
 * @param unsetCause why a variable without a value is not known: who verifies did not give it, or the deployment does
 */
export function readConfiguration(
  source: ModuleSource,
  variables: ReadonlyMap<string, Value> = new Map(),
  unsetCause?: Cause,
): Configuration {
  const evaluation = new Evaluation(source.folder, unsetCause);
  const root = new ModuleInstance(evaluation, source, {
    parent: undefined,
    prefix: "",
    inputs: new Map([...variables].map(([name, value]) => [name, () => value])),
    providers: new Map(),
    dependsOn: new Set(),
  });
  const resources = withMembers([...root.allResources()]);
  root.evaluateLocals();
  const modules = modulesIn(source);
  const ephemeralOutputs = [...root.ephemeralOutputs()].map(({ name, address }) => ({
    address: `output.${name}`,
    origin: source.folder ?? "",
    message: `output ${name} has a value of ${address}; rejected at plan: the state would keep it.`,
    fix: "Leave the output out, or read the value from where a state may keep it.",
  }));
  return {
    resources,
    unread: [...evaluation.unread],
    sensitive: evaluation.sensitive,
    gaveUp: [...modules.flatMap(({ rejected }) => rejected), ...evaluation.gaveUp],
    rejections: [...ephemeralOutputs, ...evaluation.rejections],
    notes: [...modules.flatMap(({ notes }) => notes), ...evaluation.notes, ...unsetVariables(evaluation)],
    versionConstraints: modules.flatMap((module) => module.versionConstraints),
    undeclared: [...evaluation.undeclared].sort(),
    dropped: evaluation.dropped,
    cycles: [...evaluation.cycles].sort(),
    declarationIssues: [...modules.flatMap(relocationIssues), ...missingAliases(source)],
  };
}

function unsetVariables({ unset, root }: Evaluation): string[] {
  if (unset.size === 0) return [];
  const [first = ""] = unset;
  return [
    `${root ?? "The configuration"} uses variables without a value (${[...unset].join(", ")}): what depends on them was not checked. Give values with --var-file or --var ${first}=VALUE.`,
  ];
}

/** The root module and all that it calls, directly or through others. */
function modulesIn(root: ModuleSource): ModuleSource[] {
  const modules = new Set([root]);
  for (const module of modules)
    for (const child of module.children.values()) if (typeof child !== "string") modules.add(child);
  return [...modules];
}
