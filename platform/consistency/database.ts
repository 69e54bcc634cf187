import { cloudSqlLimits, memoryOfConnection, performanceTierMemory } from "../../resources/limits.ts";
import { customTier, tierMemory } from "../../resources/tiers.ts";
import type { Issue, Path } from "../issue.ts";
import { type Environment, pathOf, workloads } from "../schema/environment.ts";

/** Flags whose value another setting states. */
const OWNED_FLAGS = {
  max_connections: "database.maxConnections",
  statement_timeout: "deadlines.databaseStatement",
  idle_session_timeout: "deadlines.poolIdle",
} as const;

/** Managed connection pooling, and who uses it. */
export function poolers(plan: Pick<Environment, "database" | "services" | "jobs" | "workerPools">): Issue[] {
  const { database } = plan;
  if (database === undefined) return [];
  const users = workloads(plan).filter((workload) => workload.database?.via === "pooler");
  const uses: Path[] = [["database", "pooler"]];
  if (database.pooler === undefined)
    return users.map((workload) => ({
      path: [...pathOf(plan, workload), "database", "via"],
      value: '"pooler"',
      allowed: "the database has no pooler",
      fix: 'add database.pooler: { poolSize: 50 }, or write via: "private-ip"',
      uses,
    }));
  return [
    ...(database.edition === "ENTERPRISE_PLUS"
      ? []
      : [
          {
            path: ["database", "pooler"],
            value: "set",
            allowed: `edition is "${database.edition}", and managed connection pooling needs ENTERPRISE_PLUS`,
            fix: 'remove it, or write edition: "ENTERPRISE_PLUS" with a tier like "db-perf-optimized-N-4"',
            uses: [["database", "edition"]],
          },
        ]),
    ...(users.length > 0
      ? []
      : [
          {
            path: ["database", "pooler"],
            value: "set",
            allowed: "nothing connects through it",
            fix: 'write via: "pooler" at a service, or remove it',
            uses: workloads(plan).map((workload) => pathOf(plan, workload)),
          },
        ]),
  ];
}

/** Combinations of edition, tier and backups that Cloud SQL rejects. */
export function databaseSizes({ database }: Pick<Environment, "database">): Issue[] {
  if (database === undefined) return [];
  const issues: Issue[] = [];
  const performance = database.tier.startsWith("db-perf-optimized-");
  if (performance !== (database.edition === "ENTERPRISE_PLUS")) {
    issues.push({
      path: ["database", "tier"],
      value: `"${database.tier}"`,
      allowed: `edition ${database.edition} takes ${database.edition === "ENTERPRISE_PLUS" ? "db-perf-optimized-N-* tiers" : "db-custom-* and shared-core tiers"} only`,
      fix:
        database.edition === "ENTERPRISE_PLUS"
          ? 'write for example "db-perf-optimized-N-4"'
          : 'write for example "db-custom-4-15360"',
      uses: [["database", "edition"]],
    });
  }
  const custom = customTier(database.tier);
  if (custom !== undefined) {
    const { cpus, memory } = custom;
    const {
      customCpusHigh,
      customMemoryLow,
      customMemoryStep,
      customMemoryPerCpuLow,
      customMemoryPerCpuHigh,
    } = cloudSqlLimits;
    const low = customMemoryPerCpuLow.value * 1024 * cpus;
    const high = customMemoryPerCpuHigh.value * 1024 * cpus;
    const invalid = [
      (cpus !== 1 && cpus % 2 !== 0) || cpus < 1 || cpus > customCpusHigh.value
        ? `CPUs are 1 or an even number up to ${customCpusHigh.value}`
        : "",
      memory % customMemoryStep.value !== 0 ? `memory is a multiple of ${customMemoryStep.value} MiB` : "",
      memory < customMemoryLow.value ? `memory is at least ${customMemoryLow.value} MiB` : "",
      memory < low || memory > high
        ? `memory of ${cpus} CPUs is ${Math.ceil(low)} to ${high} MiB (${customMemoryPerCpuLow.value} to ${customMemoryPerCpuHigh.value} GiB each)`
        : "",
    ].filter(Boolean);
    if (invalid.length > 0) {
      issues.push({
        path: ["database", "tier"],
        value: `"${database.tier}"`,
        allowed: invalid.join("; "),
        fix: 'write for example "db-custom-4-15360"',
      });
    }
  }
  if (
    database.edition === "ENTERPRISE" &&
    database.backups.logRetentionDays > cloudSqlLimits.logRetentionHigh.value
  ) {
    issues.push({
      path: ["database", "backups", "logRetentionDays"],
      value: String(database.backups.logRetentionDays),
      allowed: `edition ENTERPRISE keeps the write-ahead log for 1 to ${cloudSqlLimits.logRetentionHigh.value} days`,
      fix: `write at most ${cloudSqlLimits.logRetentionHigh.value}, or choose ENTERPRISE_PLUS`,
      uses: [["database", "edition"]],
    });
  }
  if (database.backups.retained < database.backups.logRetentionDays) {
    issues.push({
      path: ["database", "backups", "retained"],
      value: String(database.backups.retained),
      allowed: `fewer backups than the ${database.backups.logRetentionDays} days of log (logRetentionDays) do not cover its beginning`,
      fix: "keep at least as many backups as days of log",
      uses: [["database", "backups", "logRetentionDays"]],
    });
  }
  const tiers = Object.keys(performanceTierMemory.value);
  if (performance && !tiers.includes(database.tier)) {
    issues.push({
      path: ["database", "tier"],
      value: `"${database.tier}"`,
      allowed: `there are the tiers ${tiers.join(", ")}`,
      fix: 'write for example "db-perf-optimized-N-4"',
    });
  }
  const memory = tierMemory(database.tier);
  const needed = database.maxConnections * memoryOfConnection.value;
  if (memory !== undefined && needed > memory) {
    issues.push({
      path: ["database", "maxConnections"],
      value: String(database.maxConnections),
      allowed: `these connections take at least ${needed} MiB (${memoryOfConnection.value} each), and ${database.tier} has ${memory} MiB`,
      fix: "choose a tier with more memory, or lower maxConnections",
      uses: [["database", "tier"]],
    });
  }
  for (const [flag, owner] of Object.entries(OWNED_FLAGS)) {
    if (flag in database.flags) {
      issues.push({
        path: ["database", "flags", flag],
        value: `"${database.flags[flag]}"`,
        allowed: `${owner} states this number`,
        fix: `remove it and write ${owner}`,
      });
    }
  }
  return issues;
}
