import { type Grant, grants, grantsTo, holdsRole, isAbove } from "../../analysis/identity/grants.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const ROLES = ["roles/cloudsql.instanceUser", "roles/cloudsql.admin", "roles/editor", "roles/owner"];

/** The database user of a service account logs in by IAM, and needs the right to. */
export const sqlLogin: Rule = {
  id: "identity/sql-login",
  why: "An IAM database user without roles/cloudsql.instanceUser is there, and its logins are refused: roles/cloudsql.client only lets it connect.",
  limit: "roles/cloudsql.instanceUser for the account of each google_sql_user of type CLOUD_IAM_...",
  fix: "Grant roles/cloudsql.instanceUser to the account, for example with google_project_iam_member.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/iam-logins",
  *check(graph) {
    for (const user of graph.all("google_sql_user")) {
      const type = user.string("type");
      if (type === "CLOUD_IAM_SERVICE_ACCOUNT") yield* ofAccount(graph, user);
      if (type === "CLOUD_IAM_USER" || type === "CLOUD_IAM_GROUP") yield* ofPerson(graph, user, type);
    }
  },
};

function* ofAccount(graph: Graph, user: Resource): Iterable<Violation> {
  const target = graph.target(email(user.get("name")), ["google_service_account"], user);
  if (target.kind !== "resource") {
    const name = email(user.get("name"));
    if (typeof name === "string" && name.includes("@"))
      yield* ofMember(graph, user, `serviceAccount:${name}`);
    return;
  }
  const account = target.resource;
  if (holdsRole(graph, account, ROLES, (grant) => (isAbove(grant) ? "yes" : "no")) !== "no") return;
  // Where the input gives the account other roles, this one was forgotten; else they may be given elsewhere.
  const isManaged = grantsTo(graph, account).length > 0 || grants(graph).some(isLogin);
  yield violation(user, account.address, isManaged);
}

function isLogin({ role }: Grant): boolean {
  return role === ROLES[0];
}

function* ofPerson(graph: Graph, user: Resource, type: string): Iterable<Violation> {
  const name = user.string("name");
  if (name !== undefined)
    yield* ofMember(graph, user, `${type === "CLOUD_IAM_USER" ? "user" : "group"}:${name}`);
}

/** People, groups and accounts of others mostly hold their roles elsewhere: only one that has others here was forgotten. */
function* ofMember(graph: Graph, user: Resource, member: string): Iterable<Violation> {
  if (!graph.complete) return;
  const own = grants(graph).filter(({ principals }) => principals.includes(member));
  const isConnecting = own.some(({ role }) => role === "roles/cloudsql.client");
  const mayLogIn = grants(graph).some(
    ({ role, principals }) =>
      (typeof role !== "string" || ROLES.includes(role) || !role.startsWith("roles/")) &&
      principals.some(
        (who) =>
          who === undefined || (typeof who === "string" && (who === member || /^(group|domain):/.test(who))),
      ),
  );
  if (isConnecting && !mayLogIn) yield violation(user, member, true);
}

function violation(user: Resource, who: string, isCertain: boolean): Violation {
  return {
    resource: user,
    severity: isCertain ? "error" : "warning",
    message: `it is the database user of ${who}, which has no ${ROLES[0]}; fails at run time: every login is refused.`,
    fix: `Grant ${ROLES[0]} to ${who}.`,
  };
}

/** PostgreSQL leaves the end of the email out. */
function email(name: Value | undefined): Value | undefined {
  return typeof name === "string" && /@[a-z0-9-]+\.iam$/.test(name) ? `${name}.gserviceaccount.com` : name;
}
