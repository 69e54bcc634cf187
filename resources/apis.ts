/** The API that manages the resource types of a prefix, for APIs that a new project does not have enabled. */
const APIS: readonly (readonly [prefix: string, api: string])[] = [
  ["google_alloydb_", "alloydb"],
  ["google_artifact_registry_", "artifactregistry"],
  ["google_certificate_manager_", "certificatemanager"],
  ["google_cloud_run_", "run"],
  ["google_cloud_scheduler_", "cloudscheduler"],
  ["google_cloud_tasks_", "cloudtasks"],
  ["google_cloudfunctions2_", "cloudfunctions"],
  ["google_cloudfunctions_", "cloudfunctions"],
  ["google_compute_", "compute"],
  ["google_container_", "container"],
  ["google_dns_", "dns"],
  ["google_eventarc_", "eventarc"],
  ["google_filestore_", "file"],
  ["google_kms_", "cloudkms"],
  ["google_memcache_", "memcache"],
  ["google_memorystore_", "memorystore"],
  ["google_network_connectivity_", "networkconnectivity"],
  ["google_network_management_", "networkmanagement"],
  ["google_pubsub_", "pubsub"],
  ["google_redis_", "redis"],
  ["google_secret_manager_", "secretmanager"],
  ["google_service_networking_connection", "servicenetworking"],
  ["google_sql_", "sqladmin"],
  ["google_vpc_access_", "vpcaccess"],
  ["google_workflows_", "workflows"],
];

/** The name of the API that a resource of the type is created with, "run.googleapis.com"; undefined where it is not known. */
export function apiOf(type: string): string | undefined {
  const found = APIS.find(([prefix]) => type.startsWith(prefix));
  return found === undefined ? undefined : `${found[1]}.googleapis.com`;
}
