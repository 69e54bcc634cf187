import { isUnknown, type Resource, type Value } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import { HOLE, references, textOf } from "../reachability/text.ts";
import { list } from "../reachability/workload.ts";

/** One role that one IAM resource gives. */
export interface Grant {
  /** The google_..._iam_member, _binding or _policy. */
  readonly resource: Resource;
  readonly kind: "member" | "binding" | "policy";
  /** What the grant is on, in Terraform's words: "project", "secret_manager_secret", "cloud_run_v2_service" ... */
  readonly scope: string;
  readonly role: Value | undefined;
  readonly members: readonly Value[];
}

const IAM = /^google_(.+)_iam_(member|binding|policy)$/;
const read = new WeakMap<Graph, readonly Grant[]>();

export function grants(graph: Graph): readonly Grant[] {
  const known = read.get(graph);
  if (known !== undefined) return known;
  const found = graph.all().flatMap((resource) => {
    const [, scope, kind] = IAM.exec(resource.type) ?? [];
    return scope === undefined ? [] : grantsOf(graph, resource, scope, kind);
  });
  read.set(graph, found);
  return found;
}

function grantsOf(graph: Graph, resource: Resource, scope: string, kind: string | undefined): Grant[] {
  const role = resource.get("role");
  if (kind === "member") return [{ resource, kind, scope, role, members: list(resource.get("member")) }];
  if (kind === "binding") return [{ resource, kind, scope, role, members: members(resource.get("members")) }];
  const data = resource.get("policy_data");
  const blocks = references(data)
    .map(({ address }) => graph.at(address, resource))
    .flatMap((source) => (source?.type === "google_iam_policy" ? source.blocks("binding") : []));
  return blocks.map((block) => ({
    resource,
    kind: "policy",
    scope,
    role: block.get("role"),
    members: members(block.get("members")),
  }));
}

function members(value: Value | undefined): readonly Value[] {
  return list(value);
}

/** Who a member is: a service account of the input, or what is written; undefined where it cannot be known. */
export function principal(
  graph: Graph,
  member: Value | undefined,
  from: Resource,
): Resource | string | undefined {
  const target = graph.target(member, ["google_service_account"], from);
  if (target.kind === "resource") return target.resource;
  const text = textOf(member);
  if (text === undefined || text === HOLE) return undefined;
  // Half of an address says enough where the other half is a project's number.
  if (text.includes(HOLE)) return /-compute@developer|@appspot|\bgcp-sa-/.test(text) ? text : undefined;
  return text;
}

export type Held = "yes" | "maybe" | "no";

/** Whether an account holds one of the roles on a target, or above it, by the grants of the input. */
export function holdsRole(
  graph: Graph,
  account: Resource,
  roles: readonly string[],
  scopes: (grant: Grant) => Held,
): Held {
  let best: Held = graph.complete ? "no" : "maybe";
  for (const grant of grants(graph)) {
    const here = and(scopes(grant), roleHeld(grant.role, roles), memberHeld(graph, grant, account));
    if (here === "yes") return "yes";
    if (here === "maybe") best = "maybe";
  }
  const unread = graph
    .all()
    .some(
      ({ type, values }) =>
        /_iam_policy$/.test(type) &&
        isUnknown(values.policy_data) &&
        values.policy_data.references.length === 0,
    );
  return best === "no" && unread ? "maybe" : best;
}

function and(...answers: Held[]): Held {
  return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
}

function roleHeld(role: Value | undefined, roles: readonly string[]): Held {
  if (typeof role !== "string") return "maybe";
  // What a custom role holds is not judged.
  return roles.includes(role) ? "yes" : role.startsWith("roles/") ? "no" : "maybe";
}

function memberHeld(graph: Graph, grant: Grant, account: Resource): Held {
  let best: Held = "no";
  for (const member of grant.members) {
    const who = principal(graph, member, grant.resource);
    if (who === account || who === "allUsers" || who === "allAuthenticatedUsers") return "yes";
    if (who === undefined || (typeof who === "string" && /^(group|principalSet):/.test(who))) best = "maybe";
  }
  return best;
}

/** Grants on a project, folder or organization hold for everything below. */
export function isAbove(grant: Grant): boolean {
  return ["project", "folder", "organization", "projects"].includes(grant.scope);
}

/** The service account that a workload runs as, where the input defines it. */
export function runsAs(graph: Graph, account: Value | undefined, from: Resource): Resource | undefined {
  const target = graph.target(account, ["google_service_account"], from);
  return target.kind === "resource" ? target.resource : undefined;
}
