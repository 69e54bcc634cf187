import { anything, choice, custom, forbidden, form, range, required } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { alloyDbLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the data in it are deleted",
  holdsData: true,
};

const ID = {
  form: "1 to 63 lowercase letters, digits and hyphens, a letter first and no hyphen last",
  examples: ["orders"] as const,
  longest: limits.idLength,
};
const ID_PATTERN = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const RULE = {
  id: "data/alloydb-shape",
  source: limits.nodesHigh.source,
} as const;

const ofCluster: FieldRule = fullNames(
  "https://docs.cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters.instances/create",
  [fullNameForm("cluster", "projects/PROJECT/locations/LOCATION/clusters/NAME")],
);

/** AlloyDB for PostgreSQL: a cluster holds the data and the network, its instances answer. */
export const alloydb: readonly ResourceType[] = [
  {
    type: "google_alloydb_cluster",
    label: "AlloyDB cluster",
    encryptionKey: { attribute: "encryption_config.kms_key_name", agent: "gcp-sa-alloydb" },
    nameAttribute: "cluster_id",
    references: {
      "network_config.network": ["google_compute_network"],
      "network_config.allocated_ip_range": ["google_compute_global_address"],
      "secondary_config.primary_cluster_name": ["google_alloydb_cluster"],
    },
    deleteImpact,
    fieldRules: [
      {
        ...RULE,
        why: "The API rejects sizes and combinations of AlloyDB that the provider lets pass, some of them after minutes.",
        constraints: [
          form("cluster_id", ID_PATTERN, ID),
          form("database_version", /^POSTGRES_(1[4-9]|[2-9]\d)$/, {
            form: "POSTGRES_ and a major version from 14 on",
            examples: ["POSTGRES_17"],
          }),
          choice("minutes", ["0"], {
            within: "automated_backup_policy.weekly_schedule.start_times[]",
            because: "backups start at full hours",
            fix: "Remove minutes.",
            source:
              "https://docs.cloud.google.com/alloydb/docs/reference/rest/v1/projects.locations.clusters#WeeklySchedule",
          }),
          range("continuous_backup_config.recovery_window_days", { low: 1, high: limits.recoveryWindowHigh }),
          required(["network_config"], {
            when: { "psc_config.psc_enabled": [undefined, false], network: [undefined] },
            because: "a cluster is reached by private services access or by Private Service Connect",
            fix: "Write network_config { network = google_compute_network.main.id }.",
          }),
          forbidden(["network_config"], {
            when: { "psc_config.psc_enabled": [true] },
            because: "with Private Service Connect the cluster has no address in a network",
            fix: "Remove network_config, or psc_config.",
          }),
          required(["secondary_config"], {
            when: { cluster_type: ["SECONDARY"] },
            because: "a secondary cluster needs the primary one that it follows",
            fix: "Write secondary_config { primary_cluster_name = google_alloydb_cluster.primary.name }.",
          }),
          forbidden(["secondary_config"], {
            when: { cluster_type: ["PRIMARY", undefined] },
            because: "only a secondary cluster follows another one",
            fix: 'Set cluster_type = "SECONDARY", or remove secondary_config.',
          }),
        ],
      },
    ],
  },
  {
    type: "google_alloydb_instance",
    label: "AlloyDB instance",
    nameAttribute: "instance_id",
    references: { cluster: ["google_alloydb_cluster"] },
    server: {
      kind: "sql",
      address: /^ip_address$/,
      port: limits.port.value,
      partOf: "cluster",
      network: ["network_config.network", "network"],
      privateServices: { "psc_config.psc_enabled": [undefined, false] },
    },
    deleteImpact,
    fieldRules: [
      ofCluster,
      {
        ...RULE,
        constraints: [
          form("instance_id", ID_PATTERN, ID),
          custom("database_flags: no flag of Cloud SQL", function* (instance) {
            const flags = instance.isUnknown("database_flags") ? {} : instance.get("database_flags");
            for (const name of Object.keys(flags ?? {}))
              if (name.startsWith("cloudsql."))
                yield {
                  found: `database_flags has "${name}"`,
                  because: "AlloyDB has flags of its own",
                  fix: `Write for example "${name.replace("cloudsql.", "alloydb.")}".`,
                };
          }),
          choice("machine_config.cpu_count", limits.cpus.value.map(String)),
          custom("machine_config: cpu_count is that of machine_type", function* (instance) {
            const type = instance.string("machine_config.machine_type") ?? "";
            const [count, own] = [
              instance.number("machine_config.cpu_count"),
              Number(/^[a-z]\d+[a-z]*-highmem-(\d+)(?:-|$)/.exec(type)?.[1]),
            ];
            if (count !== undefined && own > 0 && count !== own)
              yield {
                found: `cpu_count is ${count} with machine_type "${type}"`,
                because: `that machine has ${own} CPUs`,
                fix: `Set cpu_count = ${own}.`,
                source: "https://docs.cloud.google.com/alloydb/docs/choose-machine-type",
              };
          }),
          required(["read_pool_config.node_count"], {
            when: { instance_type: ["READ_POOL"] },
            because: "a read pool needs its number of nodes",
            fix: "Write read_pool_config { node_count = 2 }.",
          }),
          forbidden(["read_pool_config"], {
            when: { instance_type: ["PRIMARY", "SECONDARY"], read_pool_config: [anything] },
            because: "only a read pool has nodes",
            fix: 'Remove read_pool_config, or set instance_type = "READ_POOL".',
          }),
          range("read_pool_config.node_count", { low: 1, high: limits.nodesHigh }),
          forbidden(["network_config.authorized_external_networks"], {
            when: { network_config: [anything], "network_config.enable_public_ip": [false, undefined] },
            because: "without a public address nobody reaches it from there",
            fix: "Set enable_public_ip = true, or remove authorized_external_networks.",
            source: "https://docs.cloud.google.com/alloydb/docs/connect-public-ip",
          }),
        ],
      },
    ],
  },
  {
    type: "google_alloydb_user",
    label: "AlloyDB user",
    nameAttribute: "user_id",
    references: { cluster: ["google_alloydb_cluster"] },
    fieldRules: [
      ofCluster,
      {
        ...RULE,
        constraints: [
          form("user_id", /^(?!.*\.gserviceaccount\.com$)[\w.@+-]+$/, {
            when: { user_type: ["ALLOYDB_IAM_USER"] },
            form: "the e-mail of the account without .gserviceaccount.com",
            examples: ["api@acme-orders.iam"],
            source: "https://docs.cloud.google.com/alloydb/docs/database-users/manage-iam-auth",
          }),
          forbidden(["password"], {
            when: { user_type: ["ALLOYDB_IAM_USER"] },
            because: "an IAM user logs in with a token",
            fix: "Remove password.",
          }),
        ],
      },
    ],
  },
];
