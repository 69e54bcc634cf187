import {
  type Grant,
  grants,
  grantsTo,
  type Held,
  holdsRole,
  isAbove,
  runsAs,
} from "../../analysis/identity/grants.ts";
import { groupBy } from "../../analysis/lists.ts";
import { memoize } from "../../analysis/memoize.ts";
import { follow } from "../../analysis/references/follow.ts";
import { missingSeverity, nameOf, nearestHint } from "../../analysis/references/names.ts";
import { ordered } from "../../analysis/references/order.ts";
import { type SecretUse, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { cannotTell } from "../reachability/cannot-tell.ts";
import type { Rule, Violation } from "../rule.ts";

const SECRET = ["google_secret_manager_secret"];
const ROLES = ["roles/secretmanager.secretAccessor", "roles/secretmanager.admin", "roles/owner"];

/** Every secret that a workload reads exists, and its service account may read it. */
export const secretAccess: Rule = {
  id: "identity/secret-access",
  why: "A revision whose service account may not read one of its secrets never becomes ready.",
  limit:
    "roles/secretmanager.secretAccessor for the workload's service account on each secret, or on its project",
  fix: "Add a google_secret_manager_secret_iam_member for the service account.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/secrets",
  *check(graph) {
    const reported = new Set<string>();
    for (const workload of workloads(graph)) {
      for (const use of workload.secrets) {
        for (const violation of evaluate(graph, workload, use)) {
          const key = `${graph.key(violation.resource.address, violation.resource)} ${violation.message}`;
          if (!reported.has(key)) yield violation;
          reported.add(key);
        }
      }
    }
  },
};

function* evaluate(graph: Graph, workload: Workload, use: SecretUse): Iterable<Violation> {
  const { resource } = workload;
  const named =
    typeof use.project === "string" && typeof use.secret === "string" && !use.secret.includes("/");
  const value = named ? `projects/${use.project}/secrets/${use.secret}` : use.secret;
  const target = graph.target(value, SECRET, resource);
  if (target.kind === "missing") {
    yield {
      resource,
      severity: missingSeverity(target),
      message: `${use.place} reads the secret "${target.name}"; rejected by the API: it is not defined${nearestHint(target)}, and the revision does not become ready.`,
      fix: `Name ${target.nearest?.address ?? "a secret that exists"}.`,
    };
  }
  yield* cannotTell(resource, "the secret", value, target);
  if (target.kind !== "resource") return;
  const secret = target.resource;
  const account = runsAs(graph, workload.serviceAccount, resource);
  if (account === undefined) {
    if (workload.serviceAccount === undefined) yield* byDefault(graph, resource, use, secret);
    return;
  }
  const held = holdsRole(graph, account, ROLES, (grant) => covers(graph, grant, secret));
  if (held === "yes") yield* late(graph, workload, secret, account);
  if (held !== "no") return;
  const label = `"${nameOf(secret) ?? secret.address}"`;
  const message = `${account.address} may not read the secret ${label} (${secret.address}), which ${resource.address} uses for ${use.place}; rejected by the API: permission denied on the secret, and the revision does not become ready.`;
  const fix = `Grant ${ROLES[0]} on ${secret.address} to ${account.address}.`;
  yield { resource, message, fix };
  for (const grant of misdirected(graph, secret, account)) yield { resource: grant.resource, message, fix };
}

/**
 * The default service account may have rights that the input does not show. Where the input itself states who may read
 * the secret, and names accounts of its own only, the workload was forgotten.
 */
function* byDefault(graph: Graph, resource: Resource, use: SecretUse, secret: Resource): Iterable<Violation> {
  const { here, elsewhere } = grantsOn(graph, secret);
  const others = [...here, ...elsewhere].every(
    ({ role, principals }) => isOther(role) || principals.every((who) => typeof who === "object"),
  );
  if (!graph.complete || here.length === 0 || !others) return;
  yield {
    resource,
    message: `service_account is not set, and ${here[0]?.resource.address} lets only others read the secret "${nameOf(secret) ?? secret.address}" (${secret.address}), used for ${use.place}; rejected by the API: permission denied on the secret, and the revision does not become ready.`,
    fix: "Set service_account to the account that may read the secret, for example google_service_account.api.email.",
  };
}

/** Grants on the secret itself, and those that may hold for it: above it, or on a secret that is not known. */
function grantsOn(graph: Graph, secret: Resource): { readonly here: Grant[]; readonly elsewhere: Grant[] } {
  const bySecret = grantsBySecret(graph);
  return { here: bySecret.get(secret) ?? [], elsewhere: bySecret.get(undefined) ?? [] };
}

const grantsBySecret = memoize((graph: Graph) => {
  const ofSecrets = grants(graph).filter(
    (grant) => isAbove(grant) || grant.scope === "secret_manager_secret",
  );
  return groupBy(ofSecrets, (grant) =>
    isAbove(grant) ? undefined : follow(graph, grant.resource.get("secret_id"), SECRET, grant.resource),
  );
});

/** True for a role that certainly does not allow reading a secret. */
function isOther(role: Grant["role"]): boolean {
  return typeof role === "string" && role.startsWith("roles/") && !ROLES.includes(role);
}

function covers(graph: Graph, grant: Grant, secret: Resource): Held {
  if (isAbove(grant)) return "yes";
  if (grant.scope !== "secret_manager_secret") return "no";
  const target = graph.target(grant.resource.get("secret_id"), SECRET, grant.resource);
  return target.kind === "resource" ? (target.resource === secret ? "yes" : "no") : "maybe";
}

/** Grants that were probably intended for this: on the secret with another role, or to an account that does not read it. */
function misdirected(graph: Graph, secret: Resource, account: Resource): Grant[] {
  const readers = workloads(graph).filter((workload) =>
    workload.secrets.some(({ secret: value }) => {
      const target = graph.target(value, SECRET, workload.resource);
      return target.kind === "resource" && target.resource === secret;
    }),
  );
  const accounts = readers.map((reader) => runsAs(graph, reader.serviceAccount, reader.resource));
  return grants(graph).filter((grant) => {
    if (grant.scope !== "secret_manager_secret" || covers(graph, grant, secret) !== "yes") return false;
    if (grant.principals.includes(account)) return true;
    return grant.principals.every((one) => typeof one === "object" && !accounts.includes(one));
  });
}

/** Terraform does not infer that the grant comes first; in practice it often does, so this is a warning. */
function* late(
  graph: Graph,
  { resource }: Workload,
  secret: Resource,
  account: Resource,
): Iterable<Violation> {
  if (resource.change !== undefined && !resource.change.actions.includes("create")) return;
  const giving = grantsTo(graph, account).filter(
    (grant) => covers(graph, grant, secret) === "yes" && ROLES.includes(String(grant.role)),
  );
  const [first] = giving;
  if (first === undefined || giving.some((grant) => ordered(graph, resource, grant.resource))) return;
  yield {
    resource,
    severity: "warning",
    message: `depends_on does not name ${first.resource.address}, which grants access to "${nameOf(secret) ?? secret.address}"; rejected by the API where the grant comes later: permission denied on the secret.`,
    fix: `Add depends_on = [${first.resource.address}].`,
  };
}
