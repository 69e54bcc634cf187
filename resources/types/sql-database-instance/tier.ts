import type { Attributes } from "../../attributes.ts";
import type { Fault } from "../../constraints/constraint.ts";
import { custom } from "../../constraints/index.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";
import { customTier } from "../../tiers.ts";
import { editionOf, engineOf } from "./engine.ts";

const EXAMPLE = "db-custom-2-7680";

/** Tier, edition and version go together. */
export const tier: FieldRule = {
  id: "data/sql-tier",
  why: "PostgreSQL 16 and newer are ENTERPRISE_PLUS where no edition is written, and then take db-perf-optimized-N tiers only; a custom tier must also fit the memory and CPU steps.",
  fix: 'Write edition = "ENTERPRISE" with a db-custom tier, or "ENTERPRISE_PLUS" with a db-perf-optimized-N tier.',
  source: limits.customMemoryLow.source,
  constraints: [
    custom(
      `settings.tier: db-f1-micro, db-g1-small or db-custom-CPUS-MIB with ENTERPRISE, db-perf-optimized-N-CPUS with ENTERPRISE_PLUS; 1 or an even number of CPUs up to ${limits.customCpusHigh.value}, memory a multiple of ${limits.customMemoryStep.value} MiB, ${limits.customMemoryPerCpuLow.value} to ${limits.customMemoryPerCpuHigh.value} GiB per CPU, at least ${limits.customMemoryLow.value} MiB`,
      function* (instance) {
        const written = instance.string("settings.tier");
        if (written === undefined) return;
        for (const fault of [...shape(instance, written), ...arithmetic(instance, written)])
          yield { found: `settings.tier is "${written}"`, ...fault };
        yield* edition(instance, written);
      },
    ),
  ],
};

type TierFault = Pick<Fault, "because" | "fix">;

function* shape(instance: Attributes, written: string): Iterable<TierFault> {
  const fix = `Write db-custom-CPUS-MIB, for example "${EXAMPLE}".`;
  const isPostgres = engineOf(instance) === "POSTGRES";
  if (isPostgres && /^db-n1-/.test(written))
    yield { because: "PostgreSQL takes custom and shared-core tiers only", fix };
  if (isPostgres && !/^db-/.test(written)) yield { because: "Cloud SQL has no such tier", fix };
  const cpus = /^db-perf-optimized-N-(\d+)$/.exec(written)?.[1];
  const sizes = limits.perfOptimizedCpus.value;
  if (cpus !== undefined && !sizes.includes(Number(cpus)))
    yield {
      because: `db-perf-optimized-N has ${sizes.join(", ")} CPUs`,
      fix: `Write one of these sizes, for example "db-perf-optimized-N-${sizes.find((size) => size > Number(cpus)) ?? sizes.at(-1)}".`,
    };
  if (/^db-custom-/.test(written) && customTier(written) === undefined)
    yield { because: "a custom tier is db-custom-CPUS-MIB", fix };
}

function* arithmetic(instance: Attributes, written: string): Iterable<TierFault> {
  const { customCpusHigh, customMemoryLow, customMemoryStep } = limits;
  const custom = customTier(written);
  if (custom === undefined || engineOf(instance) === "SQLSERVER") return;
  const { cpus, memory } = custom;
  const example = (cpus: number, memory: number) => `Write for example "db-custom-${cpus}-${memory}".`;
  if ((cpus !== 1 && cpus % 2 !== 0) || cpus < 1 || cpus > customCpusHigh.value)
    yield {
      because: `${cpus} CPUs are not 1 or an even number up to ${customCpusHigh.value}`,
      fix: example(Math.min(customCpusHigh.value, cpus + (cpus % 2)), memory),
    };
  if (memory % customMemoryStep.value !== 0)
    yield {
      because: `${memory} MiB is not a multiple of ${customMemoryStep.value} MiB`,
      fix: example(cpus, Math.ceil(memory / customMemoryStep.value) * customMemoryStep.value),
    };
  if (memory < customMemoryLow.value)
    yield {
      because: `${memory} MiB is below ${customMemoryLow.value} MiB`,
      fix: example(cpus, customMemoryLow.value),
    };
  const [perCpuLow, perCpuHigh] = [limits.customMemoryPerCpuLow.value, limits.customMemoryPerCpuHigh.value];
  const [low, high] = [Math.ceil(perCpuLow * 1024 * cpus), Math.floor(perCpuHigh * 1024 * cpus)];
  if (memory < low || memory > high)
    yield {
      because: `${memory} MiB for ${cpus} CPUs is outside ${low} to ${high} MiB (${perCpuLow} to ${perCpuHigh} GiB per CPU)`,
      fix: memory > high ? "Choose more CPUs, or less memory." : "Choose more memory, or fewer CPUs.",
    };
}

function* edition(instance: Attributes, written: string): Iterable<Fault> {
  const actual = editionOf(instance);
  if (actual === undefined) return;
  const found = `settings.tier is "${written}" and edition ${actual.isDefault ? `is not set, which means ${actual.edition} with ${instance.string("database_version")}` : `is ${actual.edition}`}`;
  if (actual.edition === "ENTERPRISE_PLUS" && /^db-(f1-micro|g1-small|custom-|n1-)/.test(written))
    yield { found, because: "ENTERPRISE_PLUS takes predefined tiers like db-perf-optimized-N-* only" };
  if (
    actual.edition === "ENTERPRISE" &&
    /^db-(perf-optimized-N|c4a-highmem|memory-optimized-N)-/.test(written)
  )
    yield {
      found,
      because: "ENTERPRISE takes db-custom and shared-core tiers only",
      severity: actual.isDefault ? "warning" : "error",
    };
}
