import type { Graph, Resource, Value } from "../../graph/index.ts";
import { references, textOf } from "../references/text.ts";
import { type Grant, grants } from "./grants.ts";

/** GitHub.com issues the tokens of all repositories under this name. */
const ISSUER = /^https:\/\/token\.actions\.githubusercontent\.com\/?$/;
const POOL = "google_iam_workload_identity_pool";

/** The attributes of a token and the expression of each; undefined where some are not known. */
export type Mapping = ReadonlyMap<string, string>;

/** A provider that takes the tokens of GitHub.com. */
export interface GithubProvider {
  readonly resource: Resource;
  /** As written, with holes; undefined where none is. */
  readonly condition: string | undefined;
  readonly mapping: Mapping | undefined;
}

/** The providers of an input that trust GitHub.com and are enabled. */
export function githubProviders(graph: Graph): readonly GithubProvider[] {
  return graph
    .all("google_iam_workload_identity_pool_provider")
    .filter(
      (resource) =>
        ISSUER.test(resource.string("oidc.issuer_uri") ?? "") && resource.boolean("disabled") !== true,
    )
    .map((resource) => ({
      resource,
      condition: textOf(resource.get("attribute_condition"))?.trim() || undefined,
      mapping: mappingOf(resource.get("attribute_mapping")),
    }));
}

function mappingOf(value: Value | undefined): Mapping | undefined {
  if (value === undefined) return new Map();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const pairs = Object.entries(value as { readonly [key: string]: Value });
  const known = pairs.flatMap(([name, made]) => (typeof made === "string" ? [[name, made] as const] : []));
  return known.length === pairs.length && !("references" in value) ? new Map(known) : undefined;
}

/** A member of a role that comes from a pool. */
export interface PoolMember {
  readonly grant: Grant;
  /** "*" for all members of the pool, "attribute.repository_id", "subject" or "group". */
  readonly by: string;
  /** What the attribute must be; may hold holes. */
  readonly value: string;
  readonly pool: Pool;
}

/** The pool where the input defines it, or its id. */
export type Pool = Resource | string;

const MEMBER =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/.+?\/(\*|subject|group|attribute\.[^/]+)(?:\/(.*))?$/s;

/** The members of an input that come from pools that are known. */
export function poolMembers(graph: Graph): readonly PoolMember[] {
  return grants(graph).flatMap((grant) =>
    grant.members.flatMap((member): PoolMember[] => {
      const [, by, value = ""] = MEMBER.exec(textOf(member) ?? "") ?? [];
      const pool = poolOf(graph, member, grant.resource);
      return by === undefined || pool === undefined ? [] : [{ grant, by, value, pool }];
    }),
  );
}

/** The providers of a pool; undefined where it has one that is not GitHub's, or one that is not known. */
export function providersOf(graph: Graph, pool: Pool): readonly GithubProvider[] | undefined {
  const github = new Map(githubProviders(graph).map((provider) => [provider.resource, provider]));
  const found: GithubProvider[] = [];
  for (const resource of graph.all("google_iam_workload_identity_pool_provider")) {
    const own = poolOf(graph, resource.get("workload_identity_pool_id"), resource);
    if (own !== undefined && own !== pool) continue;
    const provider = github.get(resource);
    if (own === undefined || provider === undefined) return undefined;
    found.push(provider);
  }
  return found.length === 0 ? undefined : found;
}

/** The providers of a pool that are enabled, of any kind; undefined where one is not known. */
export function poolProviders(graph: Graph, pool: Pool): readonly Resource[] | undefined {
  const found: Resource[] = [];
  for (const resource of graph.all("google_iam_workload_identity_pool_provider")) {
    const own = poolOf(graph, resource.get("workload_identity_pool_id"), resource);
    if (own === undefined) return undefined;
    if (own === pool) found.push(resource);
  }
  return found;
}

/** The attributes that a provider maps; undefined where they are not known. */
export function attributesOf(provider: Resource): ReadonlySet<string> | undefined {
  const mapping = mappingOf(provider.get("attribute_mapping"));
  // Those of AWS have it by default: https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds
  const byDefault = provider.blocks("aws").length > 0 ? ["attribute.aws_role"] : [];
  return mapping && new Set([...mapping.keys(), ...byDefault]);
}

/** The pool of a provider. */
export function ownPool(graph: Graph, { resource }: GithubProvider): Pool | undefined {
  return poolOf(graph, resource.get("workload_identity_pool_id"), resource);
}

function poolOf(graph: Graph, value: Value | undefined, from: Resource): Pool | undefined {
  for (const { address } of references(value)) {
    const pool = graph.at(address, from);
    if (pool?.type === POOL) return pool;
  }
  if (typeof value !== "string") return undefined;
  const id = /workloadIdentityPools\/([^/]+)/.exec(value)?.[1] ?? value;
  const pools = graph.all(POOL).filter((pool) => pool.get("workload_identity_pool_id") === id);
  return pools.length > 1 ? undefined : (pools[0] ?? id);
}
