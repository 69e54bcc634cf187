import { rangeFaults } from "../../constraints/evaluate.ts";
import { conflict, custom, form, order, range } from "../../constraints/index.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";
import { editionOf } from "./engine.ts";

const HYPERDISK = ["HYPERDISK_BALANCED", /^hyperdisk[-_]balanced$/i];
const SIZE = "settings.disk_size";

/** Type and size of the disk. */
export const disk: FieldRule = {
  id: "data/sql-disk",
  why: "The provider checks neither size nor type of the disk, and a full disk stops the database.",
  source: limits.customMemoryLow.source,
  constraints: [
    form("settings.disk_type", /^(pd[-_](ssd|hdd)|hyperdisk[-_]balanced)$/i, {
      form: "PD_SSD, PD_HDD or HYPERDISK_BALANCED",
      examples: ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"],
    }),
    range(SIZE, {
      low: limits.diskLow,
      high: limits.diskHigh,
      zeroIsUnset: true,
      unless: { "settings.disk_type": HYPERDISK },
    }),
    range(SIZE, {
      low: limits.hyperdiskLow,
      high: limits.diskHigh,
      zeroIsUnset: true,
      when: { "settings.disk_type": HYPERDISK },
    }),
    order(SIZE, "settings.disk_autoresize_limit", {
      orEqual: true,
      zeroIsUnset: true,
      severity: "warning",
      outcome: "fails at run time",
      because: "the disk never grows",
      fix: "Set disk_autoresize_limit above disk_size, or to 0 for no limit.",
    }),
    conflict(
      { "settings.disk_autoresize": [false] },
      {
        severity: "warning",
        outcome: "fails at run time",
        because: "an instance whose disk is full accepts no connections",
        fix: "Set disk_autoresize = true, or alert on disk utilization.",
      },
    ),
  ],
};

const PLANS = "settings.insights_config.query_plans_per_minute";
const LENGTH = "settings.insights_config.query_string_length";

/** What Query Insights records. */
export const insights: FieldRule = {
  id: "data/sql-insights",
  why: "The provider accepts numbers for Query Insights that only ENTERPRISE_PLUS, or no edition, accepts.",
  source: limits.queryPlansHigh.source,
  constraints: [
    range(LENGTH, { low: limits.queryStringLow }),
    range(PLANS, { low: 0, high: limits.queryPlansHighEnterprisePlus }),
    custom(
      `with ENTERPRISE ${LENGTH}: at most ${limits.queryStringHigh.value} bytes; ${PLANS}: at most ${limits.queryPlansHigh.value}`,
      function* (instance) {
        if (editionOf(instance)?.edition !== "ENTERPRISE") return;
        const plus = limits.queryPlansHighEnterprisePlus.value;
        yield* rangeFaults(range(LENGTH, { high: limits.queryStringHigh }), instance);
        if ((instance.number(PLANS) ?? 0) <= plus)
          yield* rangeFaults(range(PLANS, { high: limits.queryPlansHigh }), instance);
      },
    ),
  ],
};

/** Tiers that only the ENTERPRISE edition has. */
const ENTERPRISE_TIER = /^db-custom-|^db-n1-|^db-f1-micro$|^db-g1-small$/;
const POOLING = "settings.connection_pool_config.connection_pooling_enabled";

/** What only the ENTERPRISE_PLUS edition has. */
export const enterprisePlus: FieldRule = {
  id: "data/sql-plus",
  why: "Managed connection pooling and the data cache exist in the ENTERPRISE_PLUS edition only.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling",
  constraints: [
    [POOLING, "managed connection pooling"] as const,
    ["settings.data_cache_config.data_cache_enabled", "the data cache"] as const,
  ].flatMap(([attribute, feature]) => {
    const options = {
      because: `${feature} needs ENTERPRISE_PLUS`,
      fix: 'Remove the block, or set edition = "ENTERPRISE_PLUS" with a tier such as "db-perf-optimized-N-2".',
    };
    return [
      conflict({ [attribute]: [true], "settings.edition": ["ENTERPRISE"] }, options),
      // Whatever the default of the version is: ENTERPRISE_PLUS does not have these tiers.
      conflict(
        { [attribute]: [true], "settings.edition": [undefined], "settings.tier": [ENTERPRISE_TIER] },
        options,
      ),
    ];
  }),
};
