/** Kinds that hold no state and carry no traffic: their removal needs no acknowledgement. Each with the reason. */
export const harmless: readonly { readonly types: readonly string[]; readonly why: string }[] = [
  {
    types: [
      "terraform_data",
      "null_resource",
      "time_sleep",
      "time_offset",
      "time_rotating",
      "local_file",
      "random_id",
      "random_string",
      "random_integer",
      "random_pet",
      "random_uuid",
    ],
    why: "exist in the state only; what follows from them is judged at the resources that read them",
  },
  {
    types: ["google_compute_region_network_endpoint_group", "google_compute_global_network_endpoint_group"],
    why: "name a service for a backend; the API refuses to delete one that is in use",
  },
  {
    types: [
      "google_compute_ssl_policy",
      "google_compute_region_ssl_policy",
      "google_compute_health_check",
      "google_compute_region_health_check",
    ],
    why: "the API refuses to delete one that is in use",
  },
  {
    types: ["google_cloud_run_v2_job"],
    why: "runs when it is started; what starts it is judged itself",
  },
  {
    types: [
      "google_monitoring_dashboard",
      "google_monitoring_group",
      "google_monitoring_custom_service",
      "google_monitoring_service",
      "google_monitoring_slo",
      "google_logging_metric",
    ],
    why: "show what happens; alerts, which wake people, are judged themselves",
  },
  {
    types: [
      "google_network_management_connectivity_test",
      "google_project_service_identity",
      "google_storage_bucket_object",
      "google_compute_project_metadata_item",
    ],
    why: "can be made again from the code",
  },
];

/** A member of a role loses no more than is written: rules judge whether somebody still needs it. */
export const harmlessMember =
  "a grant to one member: the rule book says which service still needs it (identity/secret-access, identity/sql-client)";
