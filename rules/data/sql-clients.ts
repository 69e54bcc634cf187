import { needsOf } from "../../analysis/references/needs.ts";
import { references, textOf } from "../../analysis/references/text.ts";
import { type Variable, variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** What an instance requires of its clients. */
export const sqlClients: Rule = {
  id: "data/sql-clients",
  why: "An instance that takes only encrypted connections, or only those through the Cloud SQL connectors, rejects every other client.",
  limit:
    "connector_enforcement REQUIRED: no direct connection to port 5432; ssl_mode ENCRYPTED_ONLY: no sslmode=disable",
  fix: "Connect through the /cloudsql socket or a connector library, or relax the instance.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  *check(graph) {
    for (const workload of workloads(graph))
      for (const { kind, via, target, place } of needsOf(graph, workload)) {
        if (kind !== "sql" || via !== "address") continue;
        if (target.string("settings.connector_enforcement") === "REQUIRED") {
          const outcome = `fails at run time: direct connections are rejected, and only connectors on port ${cloudSqlLimits.connectorPort.value} are accepted`;
          yield {
            resource: workload.resource,
            message: `${place} is the address of ${target.address}, whose connector_enforcement is REQUIRED; ${outcome}.`,
          };
          yield {
            resource: target,
            message: `connector_enforcement is REQUIRED, and ${workload.resource.address} connects to its address directly; ${outcome}.`,
            fix: 'Set connector_enforcement = "NOT_REQUIRED", or connect through the socket /cloudsql/PROJECT:REGION:INSTANCE.',
          };
        }
        yield* unencrypted(workload, target);
      }
  },
};

function* unencrypted(workload: Workload, instance: Resource) {
  const mode = instance.string("settings.ip_configuration.ssl_mode");
  if (mode !== "ENCRYPTED_ONLY" && mode !== "TRUSTED_CLIENT_CERTIFICATE_REQUIRED") return;
  const variable = variables(workload).find((candidate) => disables(candidate, instance));
  if (variable === undefined) return;
  yield {
    resource: workload.resource,
    message: `${variable.name} has sslmode=disable and ssl_mode of ${instance.address} is ${mode}; fails at run time: unencrypted connections are rejected.`,
    fix: "Set sslmode=require, or verify-ca with the server's CA.",
  };
}

function disables({ name, value }: Variable, instance: Resource): boolean {
  const text = textOf(value) ?? "";
  if (/^(PGSSLMODE|(POSTGRES|DB|DATABASE)_SSL_?MODE)$/.test(name)) return text === "disable";
  const named = references(value).some(({ address }) => address === instance.address);
  return (
    /[?&\s]sslmode=disable\b/.test(text) && (named || /^(DATABASE|POSTGRES|DB)_(URL|URI|DSN)$/.test(name))
  );
}
