import { memorystoreLimits } from "../../resources/limits.ts";
import { replicasOf } from "../backing-services/cache-engines.ts";
import { type CacheSections, type WrittenCache, writtenCaches } from "../backing-services/caches.ts";
import type { Issue } from "../issue.ts";
import { cache as schema } from "../schema/cache.ts";
import type { Environment } from "../schema/environment.ts";
import { bare, schemaOf } from "../schema/form.ts";
import { leafControls } from "../schema/leaf.ts";

/** Settings of a cache that its engine has, and combinations that Memorystore rejects. */
export function cacheSizes(plan: CacheSections & Pick<Environment, "project">): Issue[] {
  return writtenCaches(plan).flatMap((cache) => [
    ...missingSettings(cache),
    ...settingsOfOthers(cache),
    ...(cache.engine.id === "valkey" ? [...nodes(cache), ...loginsWithoutTls(cache)] : []),
  ]);
}

/** The other setting that asks for one. */
const BECAUSE: Readonly<Record<string, string>> = {
  authSecret: " and auth is true",
  caSecret: " and tls is true",
};

function missingSettings({ path, settings, engine }: WrittenCache): Issue[] {
  return engine
    .needs(settings)
    .filter((key) => settings[key] === undefined)
    .map((key) => ({
      path: [...path, key],
      value: "missing",
      allowed: `version is "${settings.version}"${BECAUSE[key] ?? ""}, and ${engine.label} needs it`,
      fix: `add it${exampleOf(key)}`,
      uses: [[...path, "version"]],
    }));
}

/** ", one of ..." of a choice, " from 1 to 300 GiB" of a number. */
function exampleOf(key: string): string {
  const leaf = leafControls.get(bare(schemaOf(bare(schema), key)) ?? schema);
  if (leaf?.kind === "choice")
    return `: one of ${leaf.values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (leaf?.kind === "number") return `, from ${leaf.from} to ${leaf.to} ${leaf.unit}`;
  return `: the name of a secret of this environment, for example "${key === "authSecret" ? "redis-auth" : "redis-ca"}"`;
}

function settingsOfOthers({ path, settings, engine }: WrittenCache): Issue[] {
  const own = engine.id === "valkey" ? "nodeType, shards and replicas" : "tier and memoryGibibytes";
  return engine.lacks
    .filter((key) => settings[key] !== undefined)
    .map((key) => ({
      path: [...path, key],
      value: JSON.stringify(settings[key]),
      allowed: `version is "${settings.version}", and ${engine.label} has no such setting`,
      fix:
        key === "authSecret"
          ? "remove it: services log in to Valkey with tokens of their own accounts"
          : `remove it; ${engine.label} has ${own}`,
      uses: [[...path, "version"]],
    }));
}

/** All nodes of an instance together. */
function nodes({ path, settings }: WrittenCache): Issue[] {
  const { shards = 1 } = settings;
  const replicas = replicasOf(settings);
  const most = memorystoreLimits.valkeyNodesHigh.value;
  const all = shards * (1 + replicas);
  if (all <= most) return [];
  return [
    {
      path: [...path, "shards"],
      value: String(shards),
      allowed: `with ${replicas} ${replicas === 1 ? "replica" : "replicas"} each these are ${all} nodes, and an instance has ${most} at most`,
      fix: `write ${Math.floor(most / (1 + replicas))} or fewer, or lower replicas`,
      uses: [[...path, "replicas"]],
    },
  ];
}

/** A token in plain text would be the account of the service for everybody who reads along. */
function loginsWithoutTls({ path, settings }: WrittenCache): Issue[] {
  if (!settings.auth || settings.tls) return [];
  return [
    {
      path: [...path, "tls"],
      value: "false",
      allowed: "auth is true, and Valkey takes tokens of service accounts by TLS only",
      fix: "write tls: true, or auth: false",
      uses: [[...path, "auth"]],
    },
  ];
}
