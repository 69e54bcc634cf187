import { admission, claimsOf, REPOSITORIES } from "../../analysis/identity/github-admission.ts";
import { type PoolMember, poolMembers, providersOf } from "../../analysis/identity/github-provider.ts";
import { grantsTo, isAbove } from "../../analysis/identity/grants.ts";
import { HOLE } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const ACTS_AS = ["roles/iam.workloadIdentityUser", "roles/iam.serviceAccountTokenCreator"];

/** Roles with which one can give oneself every other one. */
const POWERFUL =
  /^roles\/(owner|editor|iam\.(securityAdmin|serviceAccountAdmin|serviceAccountKeyAdmin|serviceAccountTokenCreator|serviceAccountUser|organizationRoleAdmin|workloadIdentityPoolAdmin)|resourcemanager\.(projectIamAdmin|folderAdmin|folderIamAdmin|organizationAdmin))$/;

/** Roles on a whole project are for the jobs of one repository, after a review. */
export const githubMembers: Rule = {
  id: "identity/github-members",
  why: "Everyone who can start a job that is a member has the roles of the account: in any repository that the pool admits, and in unreviewed code.",
  limit:
    "no member for all of a pool that admits more than one repository, and none for pull requests, with roles on a project",
  fix: "Name the repository, and a branch or an environment with reviewers: principalSet://.../attribute.repository_id/ID.",
  source: "https://docs.cloud.google.com/iam/docs/best-practices-for-using-workload-identity-federation",
  exampleSeverity: "warning",
  *check(graph) {
    for (const member of poolMembers(graph)) {
      const who = strangersOf(graph, member);
      const power = who === undefined ? undefined : powerOf(graph, member);
      if (who === undefined || power === undefined) continue;
      yield {
        resource: member.grant.resource,
        severity: "warning",
        message: `member includes ${who}; is a security risk: they hold ${power.role} on a ${power.scope}${power.account === undefined ? "" : ` as ${power.account.address}`}.`,
      };
    }
  },
};

/** Who gets in unintentionally; undefined where that is not certain. */
function strangersOf(graph: Graph, { by, value, pool }: PoolMember): string | undefined {
  const providers = providersOf(graph, pool);
  if (providers === undefined) return undefined;
  if (by === "*") {
    const open = providers.find(
      ({ condition, mapping }) =>
        condition !== undefined && admission(condition, mapping, REPOSITORIES) === "open",
    );
    return open === undefined ? undefined : `every repository that ${open.resource.address} admits`;
  }
  const isSubject = by === "subject" && /^repo:[^:]+:pull_request$/.test(value.replaceAll(HOLE, "x"));
  const isEvent =
    /^pull_request(_target)?$/.test(value) &&
    providers.some(({ mapping }) => claimsOf(by, mapping)?.includes("event_name"));
  return isSubject || isEvent ? "pull requests, whose code is unreviewed" : undefined;
}

interface Power {
  readonly role: string;
  readonly scope: string;
  /** Undefined where the pool itself holds the role. */
  readonly account: Resource | undefined;
}

function powerOf(graph: Graph, { grant }: PoolMember): Power | undefined {
  const { resource, role, scope } = grant;
  if (isAbove(grant)) return isPowerful(role) ? { role: String(role), scope, account: undefined } : undefined;
  if (scope !== "service_account" || !ACTS_AS.includes(String(role))) return undefined;
  const target = graph.target(resource.get("service_account_id"), ["google_service_account"], resource);
  if (target.kind !== "resource") return undefined;
  const held = grantsTo(graph, target.resource).find((each) => isAbove(each) && isPowerful(each.role));
  return held === undefined
    ? undefined
    : { role: String(held.role), scope: held.scope, account: target.resource };
}

function isPowerful(role: unknown): boolean {
  return typeof role === "string" && POWERFUL.test(role);
}
