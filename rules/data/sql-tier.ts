import { isUnknown, type Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../platform/limits.ts";
import { customTier } from "../../platform/tiers.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Edition, engineOf, INSTANCE, postgresMajor, writtenEdition } from "./database.ts";
import { SQL_SETTINGS } from "./sources.ts";

/** S10 to S13: tier, edition and version go together. */
export const sqlTier: Rule = {
  id: "data/sql-tier",
  why: "PostgreSQL 16 and newer are ENTERPRISE_PLUS where no edition is written, and then refuse every tier but db-perf-optimized-N; a custom tier also has its arithmetic.",
  limit:
    "ENTERPRISE: db-f1-micro, db-g1-small, db-custom-<CPU>-<MiB>; ENTERPRISE_PLUS: db-perf-optimized-N-*; CPU 1 or even up to 96, memory a multiple of 256 MiB, 0.9 to 6.5 GiB for each CPU, 3840 MiB or more",
  fix: 'Write edition = "ENTERPRISE" with a db-custom tier, or "ENTERPRISE_PLUS" with a db-perf-optimized-N tier.',
  source: SQL_SETTINGS,
  example: `resource "google_sql_database_instance" "main" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680" # edition is ENTERPRISE_PLUS by default
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const tier = resource.string("settings.tier");
      if (tier === undefined) continue;
      yield* form(resource, tier);
      yield* edition(resource, tier);
    }
  },
};

function* form(resource: Resource, tier: string): Iterable<Verdict> {
  const refused = (why: string, fix: string): Verdict => ({
    resource,
    severity: "error",
    message: `tier is "${tier}"; refused at apply: ${why}.`,
    fix,
  });
  if (engineOf(resource) === "POSTGRES" && /^db-n1-/.test(tier))
    yield refused("PostgreSQL takes custom and shared-core tiers only", "Write db-custom-<CPU>-<MiB>.");
  if (engineOf(resource) === "POSTGRES" && !/^db-/.test(tier))
    yield refused("Cloud SQL has no such tier", "Write db-custom-<CPU>-<MiB>.");
  const optimized = /^db-perf-optimized-N-(\d+)$/.exec(tier)?.[1];
  if (optimized !== undefined && !cloudSqlLimits.perfOptimizedCpus.value.includes(Number(optimized)))
    yield refused(
      `db-perf-optimized-N has ${cloudSqlLimits.perfOptimizedCpus.value.join(", ")} CPUs`,
      "Write one of these numbers of CPUs.",
    );
  if (/^db-custom-/.test(tier) && customTier(tier) === undefined)
    yield refused("a custom tier is db-custom-<CPU>-<MiB>", "Write for example db-custom-2-7680.");
  const custom = customTier(tier);
  if (custom === undefined || engineOf(resource) === "SQLSERVER") return;
  const { cpus, memory } = custom;
  const { customCpusHigh, customMemoryLow, customMemoryStep, customMemoryPerCpuLow, customMemoryPerCpuHigh } =
    cloudSqlLimits;
  if ((cpus !== 1 && cpus % 2 !== 0) || cpus < 1 || cpus > customCpusHigh.value)
    yield refused(
      `${cpus} CPUs are not 1 or an even number up to ${customCpusHigh.value}`,
      `Write db-custom-${Math.min(customCpusHigh.value, cpus + (cpus % 2))}-${memory}.`,
    );
  if (memory % customMemoryStep.value !== 0)
    yield refused(
      `${memory} MiB is not a multiple of ${customMemoryStep.value}`,
      `Write db-custom-${cpus}-${Math.ceil(memory / customMemoryStep.value) * customMemoryStep.value}.`,
    );
  if (memory < customMemoryLow.value)
    yield refused(
      `${memory} MiB is below ${customMemoryLow.value}`,
      `Write db-custom-${cpus}-${customMemoryLow.value} or more.`,
    );
  const [low, high] = [customMemoryPerCpuLow.value * 1024 * cpus, customMemoryPerCpuHigh.value * 1024 * cpus];
  if (memory < low || memory > high)
    yield refused(
      `${memory} MiB for ${cpus} CPUs is outside ${Math.ceil(low)} to ${Math.floor(high)} MiB (${customMemoryPerCpuLow.value} to ${customMemoryPerCpuHigh.value} GiB for each)`,
      memory > high ? "Take more CPUs, or less memory." : "Take more memory, or fewer CPUs.",
    );
}

function* edition(resource: Resource, tier: string): Iterable<Verdict> {
  if (isUnknown(resource.get("settings.edition"))) return;
  const written = writtenEdition(resource);
  const actual: Edition | undefined = written ?? byDefault(resource);
  const said = written === undefined ? `not written, which means ${actual}` : `${actual}`;
  const isPlus = /^db-(perf-optimized-N|c4a-highmem|memory-optimized-N)-/.test(tier);
  const isPlain = /^db-(f1-micro|g1-small|custom-|n1-)/.test(tier);
  if (actual === "ENTERPRISE_PLUS" && isPlain)
    yield {
      resource,
      severity: "error",
      message: `edition is ${said} (${resource.string("database_version") ?? "no version"}), with the tier ${tier}; refused at apply: invalid tier for ENTERPRISE_PLUS, use a predefined tier like db-perf-optimized-N-*.`,
    };
  if (actual === "ENTERPRISE" && isPlus)
    yield {
      resource,
      severity: written === undefined ? "warning" : "error",
      message: `edition is ${said}, with the tier ${tier}; refused at apply: ENTERPRISE takes db-custom and shared-core tiers only.`,
    };
}

/** S12: the version decides where no edition is written; a clone takes its source's. */
function byDefault(resource: Resource): Edition | undefined {
  const major = postgresMajor(resource);
  if (resource.blocks("clone").length > 0) return undefined;
  if (major === undefined) return undefined;
  return major >= cloudSqlLimits.enterprisePlusByDefault.value ? "ENTERPRISE_PLUS" : "ENTERPRISE";
}
