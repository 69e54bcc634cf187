// Written by `npm run docs` from the files that are there; not edited by hand.
import type { ResourceType } from "./resource-type.ts";
import { alloydb } from "./types/alloydb.ts";
import { appEngine } from "./types/app-engine.ts";
import { artifactRegistryRepository } from "./types/artifact-registry-repository.ts";
import { bigquery } from "./types/bigquery.ts";
import { bigtable } from "./types/bigtable.ts";
import { billingBudget } from "./types/billing-budget.ts";
import { dnsAuthorization } from "./types/certificate-manager-dns-authorization.ts";
import { certificateIssuanceConfig } from "./types/certificate-manager-issuance-config.ts";
import { cloudRunDomainMapping } from "./types/cloud-run-domain-mapping.ts";
import { cloudRunServices } from "./types/cloud-run-service.ts";
import { cloudRunJob } from "./types/cloud-run-v2-job.ts";
import { cloudSchedulerJob } from "./types/cloud-scheduler-job.ts";
import { cloudTasksQueue } from "./types/cloud-tasks-queue.ts";
import { cloudbuildRepository } from "./types/cloudbuild-repository.ts";
import { cloudbuildTrigger } from "./types/cloudbuild-trigger.ts";
import { cloudbuildWorkerPool } from "./types/cloudbuild-worker-pool.ts";
import { composerEnvironment } from "./types/composer-environment.ts";
import { computeAddresses } from "./types/compute-address.ts";
import { computeBackendServices } from "./types/compute-backend-service.ts";
import { computeFirewallPolicies } from "./types/compute-firewall-policy.ts";
import { computeFirewall } from "./types/compute-firewall.ts";
import { computeForwardingRules } from "./types/compute-forwarding-rule.ts";
import { computeHealthChecks } from "./types/compute-health-check.ts";
import { instanceGroupManagers } from "./types/compute-instance-group-manager.ts";
import { computeNetworkEndpointGroups } from "./types/compute-network-endpoint-group.ts";
import { computeNetwork } from "./types/compute-network.ts";
import { computeRoutes } from "./types/compute-route.ts";
import { computeRouterNat } from "./types/compute-router-nat.ts";
import { computeRouter } from "./types/compute-router.ts";
import { computeSecurityPolicyRules } from "./types/compute-security-policy-rule.ts";
import { computeSecurityPolicies } from "./types/compute-security-policy.ts";
import { sslCertificates } from "./types/compute-ssl-certificate.ts";
import { computeSslPolicies } from "./types/compute-ssl-policy.ts";
import { computeSubnetwork } from "./types/compute-subnetwork.ts";
import { computeTargetHttpProxies } from "./types/compute-target-http-proxy.ts";
import { computeTargetHttpsProxies } from "./types/compute-target-https-proxy.ts";
import { computeUrlMaps } from "./types/compute-url-map.ts";
import { containerCluster } from "./types/container-cluster.ts";
import { dataStores } from "./types/data-store.ts";
import { dataflowJobs } from "./types/dataflow.ts";
import { datastreamConnection } from "./types/datastream.ts";
import { dnsManagedZone } from "./types/dns-managed-zone.ts";
import { dnsRecordSet } from "./types/dns-record-set.ts";
import { eventarcTrigger } from "./types/eventarc-trigger.ts";
import { filestore } from "./types/filestore.ts";
import { firestore } from "./types/firestore.ts";
import { generatedSecrets } from "./types/generated-secret.ts";
import { gkeFleet } from "./types/gke-fleet.ts";
import { hybridConnectivity } from "./types/hybrid-connectivity.ts";
import { iamMembers } from "./types/iam-member.ts";
import { iapWebIamMember } from "./types/iap-web-iam-member.ts";
import { kmsKeys } from "./types/kms.ts";
import { loggingBuckets } from "./types/logging-bucket.ts";
import { loggingMetric } from "./types/logging-metric.ts";
import { loggingSinks } from "./types/logging-sink.ts";
import { memorystore } from "./types/memorystore.ts";
import { monitoringAlertPolicy } from "./types/monitoring-alert-policy.ts";
import { monitoringDashboard } from "./types/monitoring-dashboard.ts";
import { monitoringMetricDescriptor } from "./types/monitoring-metric-descriptor.ts";
import { monitoringNotificationChannel } from "./types/monitoring-notification-channel.ts";
import { monitoringSlo } from "./types/monitoring-slo.ts";
import { monitoringUptimeCheckConfig } from "./types/monitoring-uptime-check-config.ts";
import { monitoringViews } from "./types/monitoring-view.ts";
import { connectivityTest } from "./types/network-management-connectivity-test.ts";
import { organizationPolicy } from "./types/organization-policy.ts";
import { projectService } from "./types/project-service.ts";
import { projects } from "./types/project.ts";
import { pubsub } from "./types/pubsub.ts";
import { redisInstance } from "./types/redis-instance.ts";
import { reproducible } from "./types/reproducible.ts";
import { secretManagerSecretVersion } from "./types/secret-manager-secret-version.ts";
import { secretManagerSecret } from "./types/secret-manager-secret.ts";
import { serviceAccountKey } from "./types/service-account-key.ts";
import { serviceAccount } from "./types/service-account.ts";
import { serviceAttachment } from "./types/service-attachment.ts";
import { serviceNetworkingConnection } from "./types/service-networking-connection.ts";
import { spannerDatabases } from "./types/spanner-database.ts";
import { spannerInstance } from "./types/spanner-instance.ts";
import { sqlDatabaseInstance } from "./types/sql-database-instance.ts";
import { sqlDatabase } from "./types/sql-database.ts";
import { sqlUser } from "./types/sql-user.ts";
import { stateOnly } from "./types/state-only.ts";
import { storageNotification } from "./types/storage-bucket.ts";
import { storageBucket } from "./types/storage-bucket.ts";
import { vpcAccessConnector } from "./types/vpc-access-connector.ts";
import { workflow } from "./types/workflow.ts";
import { workloadIdentity } from "./types/workload-identity.ts";

/** Every resource type of the catalogue. */
export const resourceTypes: readonly ResourceType[] = [
  ...alloydb,
  ...appEngine,
  ...artifactRegistryRepository,
  ...bigquery,
  ...bigtable,
  billingBudget,
  dnsAuthorization,
  certificateIssuanceConfig,
  cloudRunDomainMapping,
  ...cloudRunServices,
  cloudRunJob,
  cloudSchedulerJob,
  cloudTasksQueue,
  cloudbuildRepository,
  cloudbuildTrigger,
  cloudbuildWorkerPool,
  composerEnvironment,
  ...computeAddresses,
  ...computeBackendServices,
  ...computeFirewallPolicies,
  ...computeFirewall,
  ...computeForwardingRules,
  ...computeHealthChecks,
  ...instanceGroupManagers,
  ...computeNetworkEndpointGroups,
  computeNetwork,
  ...computeRoutes,
  computeRouterNat,
  computeRouter,
  ...computeSecurityPolicyRules,
  ...computeSecurityPolicies,
  ...sslCertificates,
  ...computeSslPolicies,
  computeSubnetwork,
  ...computeTargetHttpProxies,
  ...computeTargetHttpsProxies,
  ...computeUrlMaps,
  ...containerCluster,
  ...dataStores,
  ...dataflowJobs,
  datastreamConnection,
  ...dnsManagedZone,
  dnsRecordSet,
  eventarcTrigger,
  ...filestore,
  ...firestore,
  ...generatedSecrets,
  ...gkeFleet,
  ...hybridConnectivity,
  ...iamMembers,
  iapWebIamMember,
  ...kmsKeys,
  ...loggingBuckets,
  loggingMetric,
  ...loggingSinks,
  ...memorystore,
  monitoringAlertPolicy,
  monitoringDashboard,
  monitoringMetricDescriptor,
  monitoringNotificationChannel,
  monitoringSlo,
  monitoringUptimeCheckConfig,
  ...monitoringViews,
  connectivityTest,
  ...organizationPolicy,
  projectService,
  ...projects,
  ...pubsub,
  redisInstance,
  ...reproducible,
  ...secretManagerSecretVersion,
  ...secretManagerSecret,
  serviceAccountKey,
  serviceAccount,
  serviceAttachment,
  ...serviceNetworkingConnection,
  ...spannerDatabases,
  spannerInstance,
  sqlDatabaseInstance,
  ...sqlDatabase,
  sqlUser,
  ...stateOnly,
  storageNotification,
  storageBucket,
  vpcAccessConnector,
  workflow,
  ...workloadIdentity,
];
