import { UserError } from "../user-error.ts";

/** What managing resources of one type takes: a role of Google's, or permissions where every role gives too much. */
type Duty = string | readonly string[];

const NETWORK = "roles/compute.networkAdmin";
const SECURITY = "roles/compute.securityAdmin";
const BALANCER = "roles/compute.loadBalancerAdmin";
const CERTIFICATES = "roles/certificatemanager.owner";
const RUN = "roles/run.admin";
/** The one role that is given under a condition: only the roles that the stacks give may be given. */
export const GRANTS = "roles/resourcemanager.projectIamAdmin";

/** roles/secretmanager.admin would read every value, too. */
const SECRET = ["create", "delete", "get", "list", "update"].map((verb) => `secretmanager.secrets.${verb}`);
/** roles/iam.serviceAccountAdmin would let its holder become any account of the project. */
const ACCOUNT = ["create", "delete", "get", "list", "update"].map((verb) => `iam.serviceAccounts.${verb}`);

const DUTIES: { readonly [type: string]: Duty } = {
  google_artifact_registry_repository: "roles/artifactregistry.admin",
  google_certificate_manager_certificate: CERTIFICATES,
  google_certificate_manager_certificate_map: CERTIFICATES,
  google_certificate_manager_certificate_map_entry: CERTIFICATES,
  google_certificate_manager_dns_authorization: CERTIFICATES,
  google_cloud_run_v2_job: RUN,
  google_cloud_run_v2_job_iam_member: RUN,
  google_cloud_run_v2_service: RUN,
  google_cloud_run_v2_service_iam_member: RUN,
  google_cloud_scheduler_job: "roles/cloudscheduler.admin",
  google_compute_address: NETWORK,
  google_compute_backend_service: BALANCER,
  google_compute_firewall: SECURITY,
  google_compute_global_address: NETWORK,
  google_compute_global_forwarding_rule: BALANCER,
  google_compute_network: NETWORK,
  google_compute_region_network_endpoint_group: BALANCER,
  google_compute_router: NETWORK,
  google_compute_router_nat: NETWORK,
  google_compute_security_policy: SECURITY,
  google_compute_security_policy_rule: SECURITY,
  google_compute_ssl_policy: SECURITY,
  google_compute_subnetwork: NETWORK,
  google_compute_target_http_proxy: BALANCER,
  google_compute_target_https_proxy: BALANCER,
  google_compute_url_map: BALANCER,
  google_dns_managed_zone: "roles/dns.admin",
  google_dns_record_set: "roles/dns.admin",
  google_logging_metric: "roles/logging.configWriter",
  google_monitoring_alert_policy: "roles/monitoring.alertPolicyEditor",
  google_monitoring_custom_service: "roles/monitoring.servicesEditor",
  google_monitoring_dashboard: "roles/monitoring.dashboardEditor",
  google_monitoring_notification_channel: "roles/monitoring.notificationChannelEditor",
  google_monitoring_slo: "roles/monitoring.servicesEditor",
  google_monitoring_uptime_check_config: "roles/monitoring.uptimeCheckConfigEditor",
  google_network_management_connectivity_test: "roles/networkmanagement.admin",
  google_project_iam_member: GRANTS,
  google_project_service: "roles/serviceusage.serviceUsageAdmin",
  google_redis_instance: "roles/redis.admin",
  google_secret_manager_secret: SECRET,
  google_secret_manager_secret_iam_member: [
    "secretmanager.secrets.get",
    "secretmanager.secrets.getIamPolicy",
    "secretmanager.secrets.setIamPolicy",
  ],
  google_service_account: ACCOUNT,
  google_service_networking_connection: NETWORK,
  google_sql_database: "roles/cloudsql.admin",
  google_sql_database_instance: "roles/cloudsql.admin",
  google_vpc_access_connector: "roles/vpcaccess.admin",
  // The gate reads what the preflights said; running them and reading addresses is in the roles above.
  terraform_data: ["logging.logEntries.list"],
};

export interface RequiredRoles {
  readonly roles: readonly string[];
  /** What goes into a role of the project's own. */
  readonly permissions: readonly string[];
}

/**
 * The least that manages resources of these types, each once and in order. Types of other providers have their own
 * credentials and count for nothing here.
 *
 * @throws UserError where it is not known what a type of Google's takes
 */
export function requiredRoles(types: Iterable<string>): RequiredRoles {
  const roles = new Set<string>();
  const permissions = new Set<string>();
  const unknown: string[] = [];
  for (const type of new Set(types)) {
    const duty = DUTIES[type];
    if (duty === undefined) {
      if (type.startsWith("google_")) unknown.push(type);
    } else if (typeof duty === "string") roles.add(duty);
    else for (const permission of duty) permissions.add(permission);
  }
  if (unknown.length > 0) {
    throw new UserError(
      `The deployer's rights are not known for ${unknown.sort().join(", ")}: add what managing them takes to platform/delivery/duties.ts.`,
    );
  }
  return { roles: [...roles].sort(), permissions: [...permissions].sort() };
}
