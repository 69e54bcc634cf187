import { anything, choice, conflict, form, range, required } from "../../constraints/index.ts";
import { daysOfWeek } from "../../days-of-week.ts";
import { redisLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";
import { twoZones } from "../zone.ts";
import { configs } from "./configs.ts";

const WINDOW = "maintenance_policy.weekly_maintenance_window[]";
const AT_PLAN = { within: WINDOW, outcome: "rejected at plan" } as const;
/** Where no tier is written it is BASIC. */
const BASIC = { tier: ["BASIC", undefined] };
const REPLICAS = { tier: ["STANDARD_HA"], read_replicas_mode: ["READ_REPLICAS_ENABLED"] };

/** Field constraints of a Redis instance. */
export const fieldRules: readonly FieldRule[] = [
  configs,
  {
    id: "data/choices",
    why: "A word that neither the provider nor the API knows stops the plan or the apply.",
    source: limits.nameLength.source,
    constraints: Object.entries({
      connect_mode: ["DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS"],
      "persistence_config.persistence_mode": ["DISABLED", "RDB"],
      "persistence_config.rdb_snapshot_period": [
        "ONE_HOUR",
        "SIX_HOURS",
        "TWELVE_HOURS",
        "TWENTY_FOUR_HOURS",
      ],
      read_replicas_mode: ["READ_REPLICAS_DISABLED", "READ_REPLICAS_ENABLED"],
      tier: ["BASIC", "STANDARD_HA"],
      transit_encryption_mode: ["DISABLED", "SERVER_AUTHENTICATION"],
    }).map(([attribute, values]) => choice(attribute, values, { outcome: "rejected at plan" })),
  },
  {
    id: "data/redis-maintenance",
    why: "A weekly window needs a day and a time of day.",
    source: limits.nameLength.source,
    constraints: [
      choice("day", [...daysOfWeek, "DAY_OF_WEEK_UNSPECIFIED"], AT_PLAN),
      range("start_time.hours", { low: 0, high: 23, ...AT_PLAN }),
      range("start_time.minutes", { low: 0, high: 59, ...AT_PLAN }),
      range("start_time.seconds", { low: 0, high: 60, ...AT_PLAN }),
      range("start_time.nanos", { low: 0, high: 999_999_999, ...AT_PLAN }),
      required(["start_time"], { ...AT_PLAN, fix: "Set start_time, for example with hours = 3." }),
    ],
  },
  {
    id: "data/redis-shape",
    why: "The provider checks each field of a Redis instance alone; the API rejects combinations and sizes that do not exist.",
    source: limits.memoryHigh.source,
    constraints: [
      range("memory_size_gb", { low: limits.memoryLow, high: limits.memoryHigh, step: 1 }),
      range("memory_size_gb", {
        low: limits.readReplicasMemoryLow,
        when: REPLICAS,
        because: `read replicas need at least ${limits.readReplicasMemoryLow.value} GiB`,
      }),
      form("name", new RegExp(`^[a-z][a-z0-9-]{0,${limits.nameLength.value - 2}}[a-z0-9]$`), {
        form: `2 to ${limits.nameLength.value} lowercase letters, digits and hyphens, a letter first and no hyphen last`,
        examples: ["cache"],
        longest: limits.nameLength,
        signs: /^[-a-z0-9]*$/,
      }),
      // A version that is newer than the list is not judged.
      form("redis_version", new RegExp(`^(${limits.versions.value.join("|")}|REDIS_(7_[3-9]|[89]_\\d))$`), {
        form: `one of ${limits.versions.value.join(", ")}`,
        examples: ["REDIS_7_2", "REDIS_6_X"],
        source: limits.versions.source,
      }),
      conflict(
        { read_replicas_mode: ["READ_REPLICAS_ENABLED"], ...BASIC },
        { because: "read replicas need STANDARD_HA", fix: 'Set tier = "STANDARD_HA".' },
      ),
      range("replica_count", {
        high: 0,
        when: BASIC,
        unless: { read_replicas_mode: ["READ_REPLICAS_ENABLED"] },
        because: "BASIC has no replica",
        fix: 'Remove replica_count, or set tier = "STANDARD_HA".',
      }),
      range("replica_count", { low: 1, high: limits.replicasHigh, when: REPLICAS }),
      range("replica_count", {
        high: 1,
        when: { tier: ["STANDARD_HA"], read_replicas_mode: ["READ_REPLICAS_DISABLED", undefined] },
        because: "STANDARD_HA without read replicas has exactly 1",
        fix: 'Set replica_count to 1, or read_replicas_mode = "READ_REPLICAS_ENABLED".',
      }),
      twoZones("location_id", "alternative_location_id"),
      conflict(
        { alternative_location_id: [anything], ...BASIC },
        {
          outcome: "fails at run time",
          because:
            "the API ignores it, so that every plan replaces the instance with all its data (a perpetual replacement): only STANDARD_HA has a second zone",
          fix: 'Remove alternative_location_id, or set tier = "STANDARD_HA".',
        },
      ),
    ],
  },
];
