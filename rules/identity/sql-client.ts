import { grants, holdsRole, isAbove, runsAs } from "../../analysis/identity/grants.ts";
import { needsOf, serverLabel } from "../../analysis/references/needs.ts";
import { textOf } from "../../analysis/references/text.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const ROLES = [
  "roles/cloudsql.client",
  "roles/cloudsql.editor",
  "roles/cloudsql.admin",
  "roles/editor",
  "roles/owner",
];

/** https://docs.cloud.google.com/sql/docs/postgres/sql-proxy */
const PROXY = /(^|\/)(cloud-sql-proxy|gce-proxy)[:@]/;

/** The Cloud SQL volume and libraries need an IAM role; plain TCP to a private address does not. */
export const sqlClient: Rule = {
  id: "identity/sql-client",
  why: "The Cloud SQL volume connects only as a service account with the client role.",
  limit:
    "roles/cloudsql.client on the project for the service account of a workload with a Cloud SQL volume or the Cloud SQL proxy",
  fix: "Grant roles/cloudsql.client to the service account.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  *check(graph) {
    for (const workload of workloads(graph)) yield* evaluate(graph, workload);
  },
};

function* evaluate(graph: Graph, workload: Workload): Iterable<Violation> {
  const { resource } = workload;
  const account = runsAs(graph, workload.serviceAccount, resource);
  const need = needsOf(graph, workload).find(({ via }) => via === "connector");
  // A volume next to an address is unused: the workload connects to the address, which needs no role.
  const byAddress = needsOf(graph, workload).some(({ kind, via }) => kind === "sql" && via === "address");
  const mounted = workload.sqlVolumes.some(({ instances }) => instances.length > 0) && !byAddress;
  const proxied = workload.containers.some(({ block }) => PROXY.test(textOf(block.get("image")) ?? ""));
  if (account === undefined || (need === undefined && !mounted && !proxied)) return;
  if (holdsRole(graph, account, ROLES, (grant) => (isAbove(grant) ? "yes" : "no")) !== "no") return;
  const message = `${account.address} has no ${ROLES[0]}, but ${resource.address} ${mounted ? "has a Cloud SQL volume" : "names a connection or has an unused volume"} ${need === undefined ? "" : `of ${serverLabel(need)} `}and runs as it`;
  if (proxied && !mounted) {
    yield {
      resource,
      message: `${account.address} has no ${ROLES[0]}, but ${resource.address} runs the Cloud SQL proxy as it; fails at run time: the proxy is denied.`,
    };
    return;
  }
  if (!mounted) {
    yield {
      resource,
      severity: "warning",
      message: `${message}; fails at run time: a Cloud SQL library would be denied.`,
    };
    return;
  }
  const ends = [
    resource,
    ...grants(graph)
      .filter((grant) => isAbove(grant) && /^roles\/cloudsql\./.test(String(grant.role)))
      .filter((grant) => {
        const accounts = workloads(graph).map((other) => runsAs(graph, other.serviceAccount, other.resource));
        return (
          grant.principals.includes(account) ||
          grant.principals.every((one) => typeof one === "object" && !accounts.includes(one))
        );
      })
      .map((grant) => grant.resource),
  ];
  for (const end of ends) {
    yield {
      resource: end,
      message: `${message}; fails at run time: the connection is not authorized.`,
      fix: `Grant ${ROLES[0]} to ${account.address}.`,
    };
  }
}
