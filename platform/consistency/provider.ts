import { providerFeatures } from "../../resources/provider-features.ts";
import { applies, BINDINGS_PROVIDER, LAST_RELEASES, VersionRange } from "../../resources/versions.ts";
import { type CacheSections, writtenCaches } from "../backing-services/caches.ts";
import type { Issue, Path } from "../issue.ts";
import { supportedVersions } from "../provider.ts";
import type { Environment, WorkerPool } from "../schema/environment.ts";

type Settings = Pick<Environment, "provider" | "services" | "workerPools" | "edge" | "deletionPolicy"> &
  CacheSections;

/** Settings that not every release has that the environment allows. */
export function missingInProvider(settings: Settings): Issue[] {
  const { provider = BINDINGS_PROVIDER } = settings;
  const versions = supportedVersions(provider) ?? VersionRange.exactly(BINDINGS_PROVIDER);
  return uses(settings).flatMap(({ path, value, feature, uses: others = [] }): Issue[] => {
    const { since } = providerFeatures[feature];
    if (applies({ since }, versions) === "all") return [];
    const [major = "", minor] = since.split(".");
    return [
      {
        path,
        value,
        allowed: `the provider hashicorp/google has it from ${since} on, and provider is ${settings.provider === undefined ? `not set, which is ${BINDINGS_PROVIDER}` : `"${provider}"`}`,
        fix: `write provider: "${major}" (${LAST_RELEASES.get(major)}), or "~> ${major}.${minor}" (docs/provider.md), or remove it`,
        uses: [["provider"], ...others],
      },
    ];
  });
}

/** A policy for what is protected says nothing where nothing is. */
export function unusedDeletionPolicy({
  deletionPolicy,
  protection,
}: Pick<Environment, "deletionPolicy" | "protection">): Issue[] {
  if (deletionPolicy === undefined || deletionPolicy === "DELETE" || protection) return [];
  return [
    {
      path: ["deletionPolicy"],
      value: `"${deletionPolicy}"`,
      allowed: "it is of what protection protects, and protection is false",
      fix: 'write protection: true, or "DELETE", which takes it back',
      uses: [["protection"]],
    },
  ];
}

interface Use {
  readonly path: Path;
  readonly value: string;
  readonly feature: keyof typeof providerFeatures;
  /** What decides whether it is one. */
  readonly uses?: readonly Path[];
}

function usesOfPool(pool: WorkerPool, index: number): Use[] {
  const path: Path = ["workerPools", index];
  const { sidecars = [] } = pool;
  const containers = [
    { container: pool as Pick<WorkerPool, "startupProbe" | "livenessProbe" | "startsAfter">, path },
    ...sidecars.map((container, position) => ({ container, path: [...path, "sidecars", position] })),
  ];
  return [
    ...(pool.path === "connector"
      ? [{ path: [...path, "path"], value: '"connector"', feature: "workerPoolConnector" as const }]
      : []),
    ...containers.flatMap(({ container, path: own }): Use[] => [
      ...(["startupProbe", "livenessProbe"] as const)
        .filter((key) => container[key] !== undefined)
        .map((key): Use => ({ path: [...own, key], value: "set", feature: "workerPoolProbes" })),
      ...((container.startsAfter ?? []).length === 0
        ? []
        : [{ path: [...own, "startsAfter"], value: "set", feature: "workerPoolOrder" as const }]),
    ]),
  ];
}

function uses(settings: Settings): Use[] {
  const { services, workerPools, edge, deletionPolicy } = settings;
  return [
    ...services.flatMap(({ readinessProbe, defaultUriDisabled, iap }, index): Use[] => [
      ...(iap === undefined
        ? []
        : [{ path: ["services", index, "iap"], value: "set", feature: "iap" as const }]),
      ...(readinessProbe === undefined
        ? []
        : [
            { path: ["services", index, "readinessProbe"], value: "set", feature: "readinessProbe" as const },
          ]),
      ...(defaultUriDisabled === undefined
        ? []
        : [
            {
              path: ["services", index, "defaultUriDisabled"],
              value: String(defaultUriDisabled),
              feature: "defaultUriDisabled" as const,
            },
          ]),
    ]),
    ...(workerPools ?? []).flatMap(usesOfPool),
    ...(edge?.tls?.minVersion === "TLS_1_3"
      ? [{ path: ["edge", "tls", "minVersion"], value: '"TLS_1_3"', feature: "tls13" as const }]
      : []),
    ...(edge?.tls?.profile === "FIPS_202205"
      ? [{ path: ["edge", "tls", "profile"], value: '"FIPS_202205"', feature: "fipsProfile" as const }]
      : []),
    ...writtenCaches(settings)
      .filter(({ engine }) => engine.id === "redis")
      .flatMap(({ path, settings: { deletionProtection } }): Use[] =>
        deletionProtection === undefined
          ? []
          : [
              {
                path: [...path, "deletionProtection"],
                value: String(deletionProtection),
                feature: "redisDeletionProtection",
                uses: [[...path, "version"]],
              },
            ],
      ),
    ...(deletionPolicy === undefined
      ? []
      : [{ path: ["deletionPolicy"], value: `"${deletionPolicy}"`, feature: "deletionPolicy" as const }]),
  ];
}
