import { durations } from "../../durations.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { services } from "../../surroundings.ts";
import type { Removal } from "./removal.ts";

const ABANDON = "ABANDON";

/** What holds data or keys. */
export const dataRemovals: readonly Removal[] = [
  {
    types: ["google_sql_database_instance"],
    noun: "database instance",
    holdsData: true,
    destroyed: (change, around) =>
      `${dataAndBackups(change)} are deleted, ${reach(around.users(change), "loses its database", "lose their database")}its name is blocked for ${durations.databaseNameBlocked.value}`,
    replaced: (change, around) =>
      `${dataAndBackups(change)} are deleted and an EMPTY one is made under another address, ${reach(around.users(change), "loses its database", "lose their database")}the old name is blocked for ${durations.databaseNameBlocked.value}, so that creation fails unless the name changes`,
  },
  {
    types: ["google_sql_database", "google_spanner_database", "google_spanner_instance"],
    noun: "database",
    holdsData: true,
    destroyed: ({ before }) =>
      before.string("deletion_policy") === ABANDON ? undefined : "all tables in it are deleted",
    replaced: ({ before }) =>
      before.string("deletion_policy") === ABANDON ? undefined : "all tables in it are deleted",
  },
  {
    types: ["google_sql_user"],
    noun: "database user",
    destroyed: ({ before }) =>
      before.string("deletion_policy") === ABANDON ? undefined : "whoever logs in with it is locked out",
    replaced: ({ before }) =>
      before.string("deletion_policy") === ABANDON
        ? undefined
        : "whoever logs in with it is locked out until the new one is there",
  },
  {
    types: ["google_redis_instance", "google_redis_cluster", "google_memcache_instance"],
    noun: "Redis",
    holdsData: true,
    destroyed: (change, around) =>
      `everything in it is lost, ${reach(around.users(change), "loses its cache", "lose their cache")}its address is released`,
    replaced: (change, around) =>
      `everything in it is lost, it gets a new address${change.before.boolean("auth_enabled") === true ? " and a new AUTH string" : ""}${port(change.after.string("transit_encryption_mode"), change.before.string("transit_encryption_mode"))}, ${reach(around.users(change), "has no cache", "have no cache").replace(/, $/, " ")}for ${durations.redisCreated.value}`,
  },
  {
    types: ["google_secret_manager_secret", "google_secret_manager_regional_secret"],
    noun: "secret",
    holdsData: true,
    destroyed: `all its versions are destroyed ${durations.secretVersionsGone.value}; a service that reads it does not start any more`,
    replaced: `all its versions are destroyed ${durations.secretVersionsGone.value} and the new one is empty; a service that reads it does not start any more`,
  },
  {
    types: ["google_secret_manager_secret_version", "google_secret_manager_regional_secret_version"],
    noun: "secret version",
    holdsData: true,
    destroyed: ({ before }) =>
      before.string("deletion_policy") === ABANDON
        ? undefined
        : "its value is destroyed for good; a service that is pinned to it does not start any more",
    replaced: ({ before }) =>
      before.string("deletion_policy") === ABANDON
        ? undefined
        : "its value is destroyed for good and the new one has another number; a service that is pinned to it does not start any more",
  },
  {
    types: ["google_kms_crypto_key", "google_kms_key_ring", "google_kms_crypto_key_version"],
    noun: "encryption key",
    holdsData: true,
    destroyed: "what is encrypted with it can never be read again",
    replaced: "what is encrypted with it can never be read again",
  },
  {
    types: ["random_password", "random_bytes", "tls_private_key"],
    noun: "generated secret",
    holdsData: true,
    destroyed: "its value is gone",
    replaced: "it gets another value; whoever has the old one is locked out",
  },
  {
    types: ["google_storage_bucket"],
    noun: "bucket",
    holdsData: true,
    destroyed: ({ before }) =>
      before.boolean("force_destroy") === true
        ? "all objects in it are deleted (force_destroy is true)"
        : "its objects go with it, or the apply fails because there are some",
    replaced: ({ before }) =>
      before.boolean("force_destroy") === true
        ? "all objects in it are deleted (force_destroy is true)"
        : "its objects go with it, or the apply fails because there are some",
  },
  {
    types: [
      "google_bigquery_dataset",
      "google_bigquery_table",
      "google_compute_disk",
      "google_compute_region_disk",
      "google_filestore_instance",
      "google_firestore_database",
      "google_alloydb_cluster",
      "google_alloydb_instance",
      "google_bigtable_instance",
      "google_bigtable_table",
      "google_compute_instance",
    ],
    noun: "storage",
    holdsData: true,
    destroyed: "the data in it are deleted",
    replaced: "the data in it are deleted",
  },
  {
    types: ["google_artifact_registry_repository", "google_container_registry"],
    noun: "image registry",
    holdsData: true,
    destroyed:
      "all images in it are deleted: no service can start another instance, and there is nothing to roll back to",
    replaced:
      "all images in it are deleted: no service can start another instance, and there is nothing to roll back to",
  },
  {
    types: ["google_pubsub_topic", "google_pubsub_subscription"],
    noun: "messaging",
    holdsData: true,
    destroyed: "messages that are not delivered yet are lost",
    replaced: "messages that are not delivered yet are lost",
  },
];

function dataAndBackups({ before }: PlannedChange): string {
  return before.boolean("settings.retain_backups_on_delete") === true
    ? "all data, though not the backups,"
    : "all data and all automatic backups";
}

function reach(names: readonly string[], one: string, many: string): string {
  return names.length === 0 ? "" : `${services(names)} ${names.length === 1 ? one : many}, `;
}

function port(now: string | undefined, was: string | undefined): string {
  const isTls = now === "SERVER_AUTHENTICATION";
  if (isTls === (was === "SERVER_AUTHENTICATION")) return "";
  return isTls ? ", its port becomes 6378 (TLS)" : ", its port becomes 6379 (without TLS)";
}
