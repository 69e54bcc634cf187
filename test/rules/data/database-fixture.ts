import type { Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

/** A Cloud SQL instance that Google Cloud takes. */
export function instance(settings: Json = {}, more: Json = {}): Json {
  return {
    name: "orders",
    region: "europe-west1",
    database_version: "POSTGRES_16",
    settings: { tier: "db-custom-2-7680", edition: "ENTERPRISE", ...settings },
    ...more,
  };
}

/** Resources with one Cloud SQL instance, `google_sql_database_instance.orders`. */
export function withInstance(settings: Json = {}, more: Json = {}, others: Resources = {}): Resources {
  return { google_sql_database_instance: { orders: instance(settings, more) }, ...others };
}

/** Resources with one Redis instance, `google_redis_instance.cache`. */
export function withRedis(more: Json): Resources {
  return {
    google_redis_instance: {
      cache: { name: "cache", region: "europe-west1", memory_size_gb: 1, ...more },
    },
  };
}
