import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { list } from "../lists.ts";
import { memoize } from "../memoize.ts";
import { follow } from "../references/follow.ts";
import { HOLE, references, textOf } from "../references/text.ts";

/** One role that one IAM resource gives. */
export interface Grant {
  /** The google_..._iam_member, _binding or _policy. */
  readonly resource: Resource;
  readonly kind: "member" | "binding" | "policy";
  /** What the grant is on, in Terraform's words: "project", "secret_manager_secret", "cloud_run_v2_service" ... */
  readonly scope: string;
  readonly role: Value | undefined;
  readonly members: readonly Value[];
  /** The members, followed: a service account of the input, a text, or undefined where it cannot be known. */
  readonly principals: readonly Principal[];
}

export type Principal = Resource | string | undefined;

/** All grants of an input, found once. */
interface Access {
  readonly grants: readonly Grant[];
  readonly byAccount: ReadonlyMap<Resource, readonly Grant[]>;
  /** Public grants, grants to groups and to members that cannot be known: they may hold for any account. */
  readonly open: readonly Grant[];
  /** True where a policy gives what cannot be known. */
  readonly unread: boolean;
}

const IAM = /^google_(.+)_iam_(member|binding|policy)$/;

const accessOf = memoize((graph: Graph): Access => {
  const grants = graph.all().flatMap((resource) => {
    const [, scope, kind] = IAM.exec(resource.type) ?? [];
    return scope === undefined ? [] : grantsOf(graph, resource, scope, kind);
  });
  const byAccount = new Map<Resource, Grant[]>();
  for (const grant of grants) {
    for (const account of grant.principals) {
      if (typeof account !== "object") continue;
      const list = byAccount.get(account);
      if (list === undefined) byAccount.set(account, [grant]);
      else list.push(grant);
    }
  }
  const open = grants.filter((grant) => grant.principals.some(isOpen));
  const unread = graph.all().some((resource) => /_iam_policy$/.test(resource.type) && isUnread(resource));
  return { grants, byAccount, open, unread };
});

/** Every grant of the input. */
export function grants(graph: Graph): readonly Grant[] {
  return accessOf(graph).grants;
}

/** The grants that name the account. */
export function grantsTo(graph: Graph, account: Resource): readonly Grant[] {
  return accessOf(graph).byAccount.get(account) ?? [];
}

function isOpen(who: Principal): boolean {
  return (
    who === undefined ||
    (typeof who === "string" && /^(all(Authenticated)?Users$|group:|principalSet:)/.test(who))
  );
}

function isUnread(policy: Resource): boolean {
  const data = policy.get("policy_data");
  return isUnknown(data) && data.references.length === 0;
}

function grantsOf(graph: Graph, resource: Resource, scope: string, kind: string | undefined): Grant[] {
  const grant = (
    written: "member" | "binding" | "policy",
    role: Value | undefined,
    members: readonly Value[],
  ): Grant => ({
    resource,
    kind: written,
    scope,
    role,
    members,
    principals: members.map((member) => principal(graph, member, resource)),
  });
  if (kind === "member") return [grant(kind, resource.get("role"), list(resource.get("member")))];
  if (kind === "binding") return [grant(kind, resource.get("role"), list(resource.get("members")))];
  return references(resource.get("policy_data"))
    .map(({ address }) => graph.at(address, resource))
    .flatMap((source) => (source?.type === "google_iam_policy" ? source.blocks("binding") : []))
    .map((block) => grant("policy", block.get("role"), list(block.get("members"))));
}

/** Who a member is: a service account of the input, or what is written; undefined where it cannot be known. */
function principal(graph: Graph, member: Value | undefined, from: Resource): Principal {
  const target = graph.target(member, ["google_service_account"], from);
  if (target.kind === "resource") return target.resource;
  const text = textOf(member);
  if (text === undefined || text === HOLE) return undefined;
  // Half of an address says enough where the other half is a project's number.
  if (text.includes(HOLE)) return /-compute@developer|@appspot|\bgcp-sa-/.test(text) ? text : undefined;
  return text;
}

/** Roles with which an account may publish to a topic, on the topic or above it; the first is the one to grant. */
export const PUBLISHING_ROLES = [
  "roles/pubsub.publisher",
  "roles/pubsub.editor",
  "roles/pubsub.admin",
  "roles/editor",
  "roles/owner",
] as const;

/** Roles with which an account may write objects into a bucket; the first is the one to grant. */
export const OBJECT_WRITING_ROLES = [
  "roles/storage.objectCreator",
  "roles/storage.objectUser",
  "roles/storage.objectAdmin",
  "roles/storage.admin",
  "roles/storage.legacyBucketWriter",
  "roles/storage.legacyBucketOwner",
  "roles/editor",
  "roles/owner",
] as const;

/** Roles with which an account may write rows into a dataset of BigQuery; the first is the one to grant. */
export const DATASET_WRITING_ROLES = [
  "roles/bigquery.dataEditor",
  "roles/bigquery.dataOwner",
  "roles/bigquery.admin",
  "roles/editor",
  "roles/owner",
] as const;

export type Held = "yes" | "maybe" | "no";

/** Whether an account holds one of the roles on a target, or above it, by the grants of the input. */
export function holdsRole(
  graph: Graph,
  account: Resource,
  roles: readonly string[],
  scopes: (grant: Grant) => Held,
): Held {
  const { open, unread } = accessOf(graph);
  let best: Held = graph.complete && !unread ? "no" : "maybe";
  for (const grant of [...grantsTo(graph, account), ...open]) {
    const here = and(scopes(grant), roleHeld(grant.role, roles), memberHeld(grant, account));
    if (here === "yes") return "yes";
    if (here === "maybe") best = "maybe";
  }
  return best;
}

function and(...answers: Held[]): Held {
  return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
}

function roleHeld(role: Value | undefined, roles: readonly string[]): Held {
  if (typeof role !== "string") return "maybe";
  // What a custom role holds is not judged.
  return roles.includes(role) ? "yes" : role.startsWith("roles/") ? "no" : "maybe";
}

function memberHeld({ principals }: Grant, account: Resource): Held {
  if (principals.some((who) => who === account || who === "allUsers" || who === "allAuthenticatedUsers"))
    return "yes";
  return principals.some(isOpen) ? "maybe" : "no";
}

/** Grants on a project, folder or organization hold for everything below. */
export function isAbove(grant: Grant): boolean {
  return ["project", "folder", "organization", "projects"].includes(grant.scope);
}

/** The service account that a workload runs as, where the input defines it. */
export function runsAs(graph: Graph, account: Value | undefined, from: Resource): Resource | undefined {
  return follow(graph, account, ["google_service_account"], from);
}

/**
 * Whether a grant of the input may give one of the roles to an account of Google's, by its domain ("gcp-sa-pubsub"), on a
 * resource of the scopes or above it. A member that cannot be read may be that account.
 */
export function agentMayHold(
  graph: Graph,
  agent: string,
  roles: readonly string[],
  scopes: readonly string[],
): boolean {
  return grants(graph).some((grant) => {
    if (!scopes.includes(grant.scope) && !isAbove(grant)) return false;
    if (roleHeld(grant.role, roles) === "no") return false;
    return grant.members.some((member) => {
      const text = textOf(member);
      return text === undefined || !/\.(iam|gserviceaccount)\b/.test(text) || text.includes(`@${agent}.`);
    });
  });
}
