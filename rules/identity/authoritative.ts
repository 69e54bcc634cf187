import { mayExclude } from "../../analysis/exclusive.ts";
import { type Grant, grants } from "../../analysis/identity/grants.ts";
import { textOf } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A binding owns its role, and a policy all roles, of the resource that they are written for. */
export const authoritative: Rule = {
  id: "identity/authoritative",
  why: "A binding removes every member that it does not list, and a policy every role: next to others for the same resource they undo each other in turns.",
  limit:
    "no _iam_member of a role with a _iam_binding on the same resource, and nothing next to a _iam_policy",
  fix: "Use _iam_member alone, or put the member into the binding.",
  source: "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/google_project_iam",
  *check(graph) {
    const byTarget = new Map<string, Grant[]>();
    for (const grant of grants(graph)) {
      const key = targetKey(graph, grant);
      if (key === undefined) continue;
      const list = byTarget.get(key);
      if (list === undefined) byTarget.set(key, [grant]);
      else list.push(grant);
    }
    for (const group of byTarget.values()) yield* evaluate(group);
  },
};

const TARGET = [
  "project",
  "secret_id",
  "name",
  "service",
  "bucket",
  "service_account_id",
  "topic",
  "repository",
  "dataset_id",
  "crypto_key_id",
  "location",
  "region",
];

/** The resource of a grant, where all of it is known or referred to. */
function targetKey(graph: Graph, { resource, scope }: Grant): string | undefined {
  const words = TARGET.map((path) => {
    const value = resource.get(path);
    const text = textOf(value);
    if (value !== undefined && typeof value !== "string") {
      const target = graph.target(value, [`google_${scope}`], resource);
      return target.kind === "resource" ? graph.key(target.resource.address, target.resource) : undefined;
    }
    return text ?? "";
  });
  return words.includes(undefined) || words.every((word) => word === "")
    ? undefined
    : [scope, ...words].join("|");
}

function* evaluate(group: readonly Grant[]): Iterable<Violation> {
  const policy = group.find(({ kind }) => kind === "policy");
  const bindings = group.filter(({ kind }) => kind === "binding");
  const reported = new Set<Resource>();
  for (const grant of group) {
    if (grant.kind === "policy" || reported.has(grant.resource)) continue;
    const owner = policy ?? (grant.kind === "member" ? bindingOver(bindings, grant) : undefined);
    if (owner === undefined || mayExclude(owner.resource, grant.resource)) continue;
    reported.add(grant.resource);
    yield {
      resource: grant.resource,
      message: `${owner.resource.address} owns ${owner.kind === "policy" ? "the whole policy" : `the role ${String(grant.role)}`} of the same ${grant.scope.replaceAll("_", " ")} and does not list this member; fails at run time: each apply removes what the other has added.`,
      fix: `Add the member to ${owner.resource.address}, or turn that into google_..._iam_member resources.`,
    };
  }
}

/** The binding of the same role, without the member in it. */
function bindingOver(bindings: readonly Grant[], grant: Grant): Grant | undefined {
  const [who] = grant.principals;
  if (who === undefined || grant.resource.get("condition") !== undefined) return undefined;
  return bindings.find((other) => {
    if (other.role !== grant.role || typeof grant.role !== "string") return false;
    if (other.resource.get("condition") !== undefined) return false;
    return !other.principals.includes(undefined) && !other.principals.includes(who);
  });
}
