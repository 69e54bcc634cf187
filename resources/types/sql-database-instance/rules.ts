import type { Attributes } from "../../attributes.ts";
import { choice, conflict, custom, forbidden, form, range, required } from "../../constraints/index.ts";
import { isLabel } from "../../labels.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import { holdsPlaceholder } from "../../placeholders.ts";
import type { FieldRule } from "../../resource-type.ts";
import { backups } from "./backups.ts";
import { engineOf, isReplica } from "./engine.ts";
import { flags } from "./flags.ts";
import { maintenance } from "./maintenance.ts";
import { network } from "./network.ts";
import { disk, enterprisePlus, insights } from "./settings.ts";
import { tier } from "./tier.ts";

const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const VERSION =
  /^(POSTGRES_(9_6|1\d|20)|MYSQL_(5_[5-7]|8_0(_\d+)?|[89]_[0-9])|SQLSERVER_20\d\d_(STANDARD|ENTERPRISE|EXPRESS|WEB))$/i;

function labelsOf(instance: Attributes): object {
  const labels = instance.isUnknown("settings.user_labels")
    ? undefined
    : instance.get("settings.user_labels");
  return typeof labels === "object" && labels !== null ? labels : {};
}

/** Field constraints of a Cloud SQL instance. */
export const fieldRules: readonly FieldRule[] = [
  backups,
  disk,
  enterprisePlus,
  flags,
  insights,
  maintenance,
  network,
  tier,
  {
    id: "data/choices",
    source: limits.customMemoryLow.source,
    constraints: [
      choice("settings.activation_policy", ["ALWAYS", "NEVER", "ON_DEMAND"]),
      choice("settings.availability_type", ["REGIONAL", "ZONAL"], { outcome: "rejected at plan" }),
      choice("settings.connector_enforcement", ["NOT_REQUIRED", "REQUIRED"], {
        outcome: "rejected at plan",
      }),
      choice("settings.edition", ["ENTERPRISE", "ENTERPRISE_PLUS"], { outcome: "rejected at plan" }),
      choice("settings.pricing_plan", ["PER_USE", "PACKAGE"]),
    ],
  },
  {
    id: "service/labels",
    source: "https://docs.cloud.google.com/sql/docs/postgres/label-instance",
    constraints: [
      custom(
        "settings.user_labels: lower-case letters, digits, underscores and hyphens, 63 at most",
        function* (instance) {
          for (const [key, value] of Object.entries(labelsOf(instance)))
            if (!isLabel(key) || (typeof value === "string" && !isLabel(value)))
              yield {
                found: `settings.user_labels holds ${typeof value === "string" ? `${key} = "${value}"` : key}`,
                because: "labels are lower-case letters, digits, underscores and hyphens, 63 at most",
                fix: "Write it in lower case, with hyphens for spaces.",
              };
        },
      ),
    ],
  },
  {
    id: "data/protection",
    why: "A database that neither Terraform nor the API protects is one wrong plan away from being deleted, and its name is blocked for a week.",
    source: "https://docs.cloud.google.com/sql/docs/postgres/deletion-protection",
    exampleSeverity: "warning",
    constraints: [
      // Written at all, the second one is a decision: true protects, and false next to the other false is meant.
      conflict(
        { deletion_protection: [false], "settings.deletion_protection_enabled": [undefined] },
        {
          when: { master_instance_name: [undefined] },
          severity: "warning",
          outcome: "fails at run time",
          because: "nothing keeps a plan from deleting the data",
          fix: "Remove deletion_protection = false, or set settings.deletion_protection_enabled = true.",
        },
      ),
    ],
  },
  {
    id: "data/sql-create",
    source: "https://docs.cloud.google.com/sql/docs/postgres/about-read-pools",
    constraints: [
      required(["node_count"], {
        when: { instance_type: ["READ_POOL_INSTANCE"] },
        because: "a read pool needs its number of nodes",
        fix: "Set node_count, for example to 2.",
      }),
      range("node_count", {
        high: 1,
        when: { instance_type: ["CLOUD_SQL_INSTANCE", "READ_REPLICA_INSTANCE", undefined] },
        because: "only a read pool has nodes",
        fix: 'Remove node_count, or set instance_type = "READ_POOL_INSTANCE".',
      }),
      conflict(
        { instance_type: ["READ_POOL_INSTANCE"], "settings.edition": ["ENTERPRISE"] },
        {
          because: "read pools need ENTERPRISE_PLUS",
          fix: 'Set edition = "ENTERPRISE_PLUS" here and at the primary, with a tier such as "db-perf-optimized-N-2".',
        },
      ),
      range("settings.final_backup_config.retention_days", {
        low: 1,
        high: 365,
        zeroIsUnset: true,
        unit: "days",
        source: "https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/backups",
      }),
      ...["time_zone", "collation", "active_directory_config", "sql_server_audit_config"].map((attribute) =>
        forbidden([`settings.${attribute}`], {
          when: { database_version: [/^POSTGRES_/i, /^MYSQL_/i] },
          severity: "warning",
          because: "it is a setting of SQL Server",
          fix: `Remove ${attribute}; a database flag or the database itself has it.`,
          source: "https://docs.cloud.google.com/sql/docs/sqlserver/admin-api/rest/v1/instances",
        }),
      ),
    ],
  },
  {
    id: "data/sql-version",
    source: "https://docs.cloud.google.com/sql/docs/postgres/db-versions",
    constraints: [
      form("database_version", VERSION, {
        form: "a version of Cloud SQL: POSTGRES_9_6 to POSTGRES_20, MYSQL_5_6 to MYSQL_9_7, or SQLSERVER_YEAR_EDITION",
        examples: ["POSTGRES_16", "MYSQL_8_0_31", "SQLSERVER_2022_ENTERPRISE"],
      }),
    ],
  },
  {
    id: "data/sql-names",
    source: limits.nameLength.source,
    constraints: [
      custom(
        `name: lowercase letters, digits and hyphens, a letter first and no hyphen last; PROJECT:NAME at most ${limits.nameLength.value} characters`,
        function* (instance, { project }) {
          const name = instance.string("name");
          if (name === undefined || name === "") return;
          if (!NAME.test(name) && !holdsPlaceholder(name))
            yield {
              found: `name is "${name}"`,
              because: "it must be lowercase letters, digits and hyphens, a letter first and no hyphen last",
              fix: `Write for example "${
                /^[a-z]/i.test(name)
                  ? name
                      .toLowerCase()
                      .replaceAll(/[^a-z0-9]+/g, "-")
                      .replace(/-$/, "")
                  : "orders"
              }".`,
            };
          const [length, most] = [`${project}:${name}`.length, limits.nameLength.value];
          if (project !== undefined && length > most)
            yield {
              found: `name is "${name}", with its project ${length} characters`,
              because: `"${project}:${name}" may have at most ${most} characters`,
              fix: `Shorten the name by ${length - most} characters.`,
            };
        },
      ),
    ],
  },
  {
    id: "data/sql-create",
    source: "https://docs.cloud.google.com/sql/docs/sqlserver/create-instance",
    constraints: [
      custom(
        "SQL Server: root_password",
        function* (instance) {
          const isCopy =
            instance.blocks("clone").length > 0 || instance.blocks("restore_backup_context").length > 0;
          // Only an instance that exists has a connection name, and what it was created with is not read back.
          const exists = instance.string("connection_name") !== undefined;
          if (engineOf(instance) !== "SQLSERVER" || isReplica(instance) || isCopy || exists) return;
          const passwords = ["root_password", "root_password_wo", "root_password_wo_version"];
          if (passwords.every((attribute) => instance.get(attribute) === undefined))
            yield {
              found: `root_password is not set with database_version "${instance.string("database_version")}"`,
              because: "SQL Server is not created without one",
              fix: "Set root_password, for example to random_password.root.result.",
            };
        },
        { severity: "warning" },
      ),
    ],
  },
];
