import {
  agentMayHold,
  DATASET_WRITING_ROLES,
  type Held,
  holdsRole,
  isAbove,
  OBJECT_WRITING_ROLES,
  runsAs,
} from "../../analysis/identity/grants.ts";
import { nameOf } from "../../analysis/references/names.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** What one right takes: the first role is the one to grant. */
interface Right {
  readonly roles: readonly string[];
  /** What is granted on, in Terraform's words. */
  readonly scopes: readonly string[];
}

const BIGQUERY: readonly Right[] = [
  {
    roles: DATASET_WRITING_ROLES,
    scopes: ["bigquery_dataset", "bigquery_table"],
  },
];
const STORAGE: readonly Right[] = [
  {
    roles: OBJECT_WRITING_ROLES,
    scopes: ["storage_bucket"],
  },
  {
    // It looks at the bucket before it writes.
    roles: [
      "roles/storage.legacyBucketReader",
      "roles/storage.legacyBucketWriter",
      "roles/storage.legacyBucketOwner",
      "roles/storage.bucketViewer",
      "roles/storage.insightsCollectorService",
      "roles/storage.admin",
      "roles/viewer",
      "roles/editor",
      "roles/owner",
    ],
    scopes: ["storage_bucket"],
  },
];

/** What gives access without a grant of IAM. */
const ACCESS_LISTS = [
  "google_bigquery_dataset_access",
  "google_storage_bucket_acl",
  "google_storage_bucket_access_control",
] as const;

/** A subscription that writes to BigQuery or Cloud Storage does so as an account, which may write there. */
export const subscriptionWriter: Rule = {
  id: "identity/subscription-writer",
  why: "Pub/Sub writes the messages of a BigQuery or Cloud Storage subscription as its service agent, or as the account that the subscription names, and not as who created it.",
  limit:
    "roles/bigquery.dataEditor on the table, or roles/storage.objectCreator and roles/storage.legacyBucketReader on the bucket, for service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com or service_account_email",
  fix: "Grant the role to the account that writes, and name the grant in depends_on of the subscription.",
  source: "https://docs.cloud.google.com/pubsub/docs/create-bigquery-subscription",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete || graph.all(...ACCESS_LISTS).length > 0) return;
    for (const subscription of graph.all("google_pubsub_subscription")) {
      const table = defined(graph, subscription, "bigquery_config.table", [
        "google_bigquery_table",
        "google_bigquery_dataset",
      ]);
      if (table !== undefined && !hasAccessList(graph))
        yield* evaluate(graph, subscription, "bigquery_config", table, BIGQUERY);
      const bucket = defined(graph, subscription, "cloud_storage_config.bucket", ["google_storage_bucket"]);
      if (bucket !== undefined) yield* evaluate(graph, subscription, "cloud_storage_config", bucket, STORAGE);
    }
  },
};

/** What the input does not define has its grants elsewhere, too. The name of a table is made of several references. */
function defined(
  graph: Graph,
  subscription: Resource,
  path: string,
  types: readonly string[],
): Resource | undefined {
  const value = subscription.get(path);
  if (value === undefined) return undefined;
  const target = graph.target(value, types, subscription);
  if (target.kind === "resource") return target.resource;
  return [...subscription.dependencies]
    .flatMap((address) => graph.at(address, subscription) ?? [])
    .find(({ type }) => types.includes(type));
}

function hasAccessList(graph: Graph): boolean {
  return graph.all("google_bigquery_dataset").some((dataset) => dataset.get("access") !== undefined);
}

function* evaluate(
  graph: Graph,
  subscription: Resource,
  block: string,
  where: Resource,
  rights: readonly Right[],
): Iterable<Violation> {
  const written = subscription.get(`${block}.service_account_email`);
  const isAgent = written === undefined || written === "" || written === null;
  const account = isAgent ? undefined : runsAs(graph, written, subscription);
  if (!isAgent && account === undefined) return;
  const missing = rights.filter(({ roles, scopes }) => {
    if (account === undefined) return !agentMayHold(graph, "gcp-sa-pubsub", roles, scopes);
    const covers: Parameters<typeof holdsRole>[3] = (grant): Held =>
      isAbove(grant) ? "yes" : scopes.includes(grant.scope) ? "maybe" : "no";
    return holdsRole(graph, account, roles, covers) === "no";
  });
  if (missing.length === 0) return;
  const needed = missing.map(({ roles }) => roles[0]).join(" and ");
  const who = account?.address ?? "the service agent of Pub/Sub";
  yield {
    resource: subscription,
    severity: "warning",
    message: `${block} writes to ${nameOf(where) === undefined ? where.address : `"${nameOf(where)}" (${where.address})`}, and ${who} is not granted ${needed}; rejected by the API: a subscription is created only where it may write.`,
    fix: `Grant ${needed} on ${where.address} to ${account === undefined ? '"serviceAccount:service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com"' : account.address}.`,
  };
}
