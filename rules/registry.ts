// Written by `npm run docs` from the files that are there; not edited by hand.
import type { Rule } from "./rule.ts";
import { autoMode } from "./address/auto-mode.ts";
import { connectorRange } from "./address/connector-range.ts";
import { dockerRange } from "./address/docker-range.ts";
import { form } from "./address/form.ts";
import { gkeRanges } from "./address/gke-ranges.ts";
import { networkName } from "./address/name.ts";
import { overlap } from "./address/overlap.ts";
import { peeredOverlap } from "./address/peered-overlap.ts";
import { privateServicesSize } from "./address/private-services-size.ts";
import { prohibited } from "./address/prohibited.ts";
import { proxyOnly } from "./address/proxy-only.ts";
import { publicRange } from "./address/public-range.ts";
import { redisRange } from "./address/redis-range.ts";
import { route } from "./address/route.ts";
import { secondaryRange } from "./address/secondary-range.ts";
import { subnetSize } from "./address/subnet-size.ts";
import { withinSubnet } from "./address/within-subnet.ts";
import { concurrency } from "./capacity/concurrency.ts";
import { connectorConnections } from "./capacity/connector-connections.ts";
import { connectorLoad } from "./capacity/connector-load.ts";
import { cpuMemory } from "./capacity/cpu-memory.ts";
import { databaseConnections } from "./capacity/database-connections.ts";
import { directEgressAddresses } from "./capacity/direct-egress-addresses.ts";
import { fractionalCpu } from "./capacity/fractional-cpu.ts";
import { instances } from "./capacity/instances.ts";
import { natCapacity } from "./capacity/nat-capacity.ts";
import { natTwice } from "./capacity/nat-twice.ts";
import { redisClients } from "./capacity/redis-clients.ts";
import { alloydbOrder } from "./data/alloydb-order.ts";
import { alloydbSecondary } from "./data/alloydb-secondary.ts";
import { createFirst } from "./data/create-first.ts";
import { deletion } from "./data/deletion.ts";
import { encryptionKey } from "./data/encryption-key.ts";
import { filestoreSnapshot } from "./data/filestore-snapshot.ts";
import { nameReused } from "./data/name-reused.ts";
import { nameTaken } from "./data/name-taken.ts";
import { nfsShare } from "./data/nfs-share.ts";
import { protectedRemoval } from "./data/protected-removal.ts";
import { replacement } from "./data/replacement.ts";
import { restart } from "./data/restart.ts";
import { sqlClients } from "./data/sql-clients.ts";
import { sqlCreate } from "./data/sql-create.ts";
import { sqlFlags } from "./data/sql-flags.ts";
import { sqlNames } from "./data/sql-names.ts";
import { sqlReplica } from "./data/sql-replica.ts";
import { sqlUser } from "./data/sql-user.ts";
import { sqlVersion } from "./data/sql-version.ts";
import { stillUsed } from "./data/still-used.ts";
import { address } from "./edge/address.ts";
import { backendService } from "./edge/backend-service.ts";
import { backendsTogether } from "./edge/backends-together.ts";
import { bucketReader } from "./edge/bucket-reader.ts";
import { cachedSignIn } from "./edge/cached-sign-in.ts";
import { certificateCoverage } from "./edge/certificate-coverage.ts";
import { certificateDomains } from "./edge/certificate-domains.ts";
import { certificateMap } from "./edge/certificate-map.ts";
import { cloudArmor } from "./edge/cloud-armor.ts";
import { dnsRecord } from "./edge/dns-record.ts";
import { endpointBalancing } from "./edge/endpoint-balancing.ts";
import { forwardingPort } from "./edge/forwarding-port.ts";
import { groupRegion } from "./edge/group-region.ts";
import { grpcBackend } from "./edge/grpc-backend.ts";
import { httpsFrontEnd } from "./edge/https-front-end.ts";
import { ingressRule } from "./edge/ingress.ts";
import { invoker } from "./edge/invoker.ts";
import { keepAlive } from "./edge/keep-alive.ts";
import { partName } from "./edge/name.ts";
import { namedPort } from "./edge/named-port.ts";
import { negService } from "./edge/neg-service.ts";
import { partKind } from "./edge/part-kind.ts";
import { partMissing } from "./edge/part-missing.ts";
import { proxyCertificates } from "./edge/proxy-certificates.ts";
import { proxyProtocol } from "./edge/proxy-protocol.ts";
import { proxySubnet } from "./edge/proxy-subnet.ts";
import { pscNeg } from "./edge/psc-neg.ts";
import { reach } from "./edge/reach.ts";
import { redirect } from "./edge/redirect.ts";
import { scheme } from "./edge/scheme.ts";
import { serverlessSettings } from "./edge/serverless-settings.ts";
import { urlMapFeatures } from "./edge/url-map-features.ts";
import { authoritative } from "./identity/authoritative.ts";
import { condition } from "./identity/condition.ts";
import { deadLetter } from "./identity/dead-letter.ts";
import { eventReceiver } from "./identity/event-receiver.ts";
import { githubCondition } from "./identity/github-condition.ts";
import { githubMapping } from "./identity/github-mapping.ts";
import { githubMembers } from "./identity/github-members.ts";
import { githubNames } from "./identity/github-names.ts";
import { githubWildcard } from "./identity/github-wildcard.ts";
import { gkeMetadata } from "./identity/gke-metadata.ts";
import { googleAccount } from "./identity/google-account.ts";
import { keyAccess } from "./identity/key-access.ts";
import { leastPrivilege } from "./identity/least-privilege.ts";
import { memberForm } from "./identity/member-form.ts";
import { mountedBucket } from "./identity/mounted-bucket.ts";
import { networkUser } from "./identity/network-user.ts";
import { notificationTopic } from "./identity/notification-topic.ts";
import { openDatabase } from "./identity/open-database.ts";
import { plainSecret } from "./identity/plain-secret.ts";
import { poolAttribute } from "./identity/pool-attribute.ts";
import { publicPrincipal } from "./identity/public-principal.ts";
import { redisAuth } from "./identity/redis-auth.ts";
import { roleName } from "./identity/role-name.ts";
import { roleScope } from "./identity/role-scope.ts";
import { runInvoker } from "./identity/run-invoker.ts";
import { secretAccess } from "./identity/secret-access.ts";
import { secretValue } from "./identity/secret-value.ts";
import { secretVersion } from "./identity/secret-version.ts";
import { sinkWriter } from "./identity/sink-writer.ts";
import { sqlClient } from "./identity/sql-client.ts";
import { sqlLogin } from "./identity/sql-login.ts";
import { subscriptionWriter } from "./identity/subscription-writer.ts";
import { targetToken } from "./identity/target-token.ts";
import { uniformAccess } from "./identity/uniform-access.ts";
import { claimRoute } from "./mesh/claim-route.ts";
import { credential } from "./mesh/credential.ts";
import { destination } from "./mesh/destination.ts";
import { exportTo } from "./mesh/export-to.ts";
import { gatewayConflict } from "./mesh/gateway-conflict.ts";
import { gatewayHosts } from "./mesh/gateway-hosts.ts";
import { gatewayHttps } from "./mesh/gateway-https.ts";
import { gatewayPort } from "./mesh/gateway-port.ts";
import { gatewayReferenceRule } from "./mesh/gateway-reference.ts";
import { gatewayServer } from "./mesh/gateway-server.ts";
import { literalStar } from "./mesh/literal-star.ts";
import { meshHosts } from "./mesh/mesh-hosts.ts";
import { networkPolicy } from "./mesh/network-policy.ts";
import { redirectLoop } from "./mesh/redirect-loop.ts";
import { routeOrder } from "./mesh/route-order.ts";
import { routeProtocol } from "./mesh/route-protocol.ts";
import { routeTimeout } from "./mesh/route-timeout.ts";
import { schema } from "./mesh/schema.ts";
import { sharedCertificate } from "./mesh/shared-certificate.ts";
import { subset } from "./mesh/subset.ts";
import { virtualService } from "./mesh/virtual-service.ts";
import { alertAligner } from "./observability/alert-aligner.ts";
import { alertEngine } from "./observability/alert-engine.ts";
import { alertFilter } from "./observability/alert-filter.ts";
import { alertLabel } from "./observability/alert-label.ts";
import { alertNever } from "./observability/alert-never.ts";
import { alertUnit } from "./observability/alert-unit.ts";
import { channel } from "./observability/channel.ts";
import { dashboardMetric } from "./observability/dashboard-metric.ts";
import { logMetricMissing } from "./observability/log-metric-missing.ts";
import { objective } from "./observability/objective.ts";
import { promql } from "./observability/promql.ts";
import { uptimeHost } from "./observability/uptime-host.ts";
import { appEngineConnector } from "./reachability/app-engine-connector.ts";
import { appProfile } from "./reachability/app-profile.ts";
import { bgpSession } from "./reachability/bgp-session.ts";
import { bigqueryConnection } from "./reachability/bigquery-connection.ts";
import { buildPoolOrder } from "./reachability/build-pool-order.ts";
import { buildRepository } from "./reachability/build-repository.ts";
import { classicVpn } from "./reachability/classic-vpn.ts";
import { connectionName } from "./reachability/connection-name.ts";
import { connectionPolicy } from "./reachability/connection-policy.ts";
import { connectorSubnet } from "./reachability/connector-subnet.ts";
import { connector } from "./reachability/connector.ts";
import { defaultRoute } from "./reachability/default-route.ts";
import { directEgress } from "./reachability/direct-egress.ts";
import { diskZone } from "./reachability/disk-zone.ts";
import { dnsBinding } from "./reachability/dns-binding.ts";
import { dnsForm } from "./reachability/dns-form.ts";
import { dns } from "./reachability/dns.ts";
import { encryptedAttachment } from "./reachability/encrypted-attachment.ts";
import { environment } from "./reachability/environment.ts";
import { firewallEgress } from "./reachability/firewall-egress.ts";
import { firewallIngress } from "./reachability/firewall-ingress.ts";
import { firewallPolicy } from "./reachability/firewall-policy.ts";
import { googleAccess } from "./reachability/google-access.ts";
import { healthCheckSource } from "./reachability/health-check-source.ts";
import { imageRepository } from "./reachability/image-repository.ts";
import { instanceGroupMembers } from "./reachability/instance-group-members.ts";
import { internalService } from "./reachability/internal-service.ts";
import { jobTarget } from "./reachability/job-target.ts";
import { literalOrder } from "./reachability/literal-order.ts";
import { loopback } from "./reachability/loopback.ts";
import { machineSubnet } from "./reachability/machine-subnet.ts";
import { nameDrift } from "./reachability/name-drift.ts";
import { namesExist } from "./reachability/names-exist.ts";
import { nat } from "./reachability/nat.ts";
import { networkKind } from "./reachability/network-kind.ts";
import { nodePoolLocation } from "./reachability/node-pool-location.ts";
import { otherProject } from "./reachability/other-project.ts";
import { peering } from "./reachability/peering.ts";
import { privateNetworkForm } from "./reachability/private-network-form.ts";
import { privateRange } from "./reachability/private-range.ts";
import { privateServicesOrder } from "./reachability/private-services-order.ts";
import { privateServices } from "./reachability/private-services.ts";
import { proxySource } from "./reachability/proxy-source.ts";
import { pscEndpoint } from "./reachability/psc-endpoint.ts";
import { publicSocket } from "./reachability/public-socket.ts";
import { redisPortRule } from "./reachability/redis-port.ts";
import { referenceAttribute } from "./reachability/reference-attribute.ts";
import { sameNetwork } from "./reachability/same-network.ts";
import { sameRegion } from "./reachability/same-region.ts";
import { serverAddress } from "./reachability/server-address.ts";
import { serverKind } from "./reachability/server-kind.ts";
import { serviceAttachmentRule } from "./reachability/service-attachment.ts";
import { serviceUrl } from "./reachability/service-url.ts";
import { sharedVpc } from "./reachability/shared-vpc.ts";
import { sqlAddress } from "./reachability/sql-address.ts";
import { sqlPort } from "./reachability/sql-port.ts";
import { sqlSocket } from "./reachability/sql-socket.ts";
import { subnetNetwork } from "./reachability/subnet-network.ts";
import { subnetRegion } from "./reachability/subnet-region.ts";
import { subscriptionTable } from "./reachability/subscription-table.ts";
import { triggerTarget } from "./reachability/trigger-target.ts";
import { virtualRepository } from "./reachability/virtual-repository.ts";
import { volume } from "./reachability/volume.ts";
import { vpcAccess } from "./reachability/vpc-access.ts";
import { vpnTunnel } from "./reachability/vpn-tunnel.ts";
import { ignoredTraffic } from "./rollout/ignored-traffic.ts";
import { minimumInstances } from "./rollout/minimum-instances.ts";
import { overlap as overlapOfRollout } from "./rollout/overlap.ts";
import { revisionName } from "./rollout/revision-name.ts";
import { sessionAffinity } from "./rollout/session-affinity.ts";
import { targetImage } from "./rollout/target-image.ts";
import { conflict } from "./schema/conflict.ts";
import { droppedAttribute } from "./schema/dropped-attribute.ts";
import { duration } from "./schema/duration.ts";
import { ephemeralValue } from "./schema/ephemeral-value.ts";
import { failingExpression } from "./schema/failing-expression.ts";
import { form as formOfSchema } from "./schema/form.ts";
import { missingAttribute } from "./schema/missing-attribute.ts";
import { outOfRange } from "./schema/out-of-range.ts";
import { project } from "./schema/project.ts";
import { readOnly } from "./schema/read-only.ts";
import { region } from "./schema/region.ts";
import { undeclared } from "./schema/undeclared.ts";
import { unknownAttribute } from "./schema/unknown-attribute.ts";
import { unknownType } from "./schema/unknown-type.ts";
import { unknownValue } from "./schema/unknown-value.ts";
import { wrongType } from "./schema/wrong-type.ts";
import { annotations } from "./service/annotations.ts";
import { apiEnabled } from "./service/api-enabled.ts";
import { choices } from "./service/choices.ts";
import { composerShape } from "./service/composer-shape.ts";
import { containers } from "./service/containers.ts";
import { cpuIdle } from "./service/cpu-idle.ts";
import { duplicate } from "./service/duplicate.ts";
import { environmentVariables } from "./service/environment.ts";
import { eventRegion } from "./service/event-region.ts";
import { labels } from "./service/labels.ts";
import { serviceName } from "./service/name.ts";
import { ports } from "./service/ports.ts";
import { releaseChannel } from "./service/release-channel.ts";
import { sqlProxy } from "./service/sql-proxy.ts";
import { traffic } from "./service/traffic.ts";
import { volumes } from "./service/volumes.ts";
import { workflowSource } from "./service/workflow.ts";
import { callChain } from "./time/call-chain.ts";
import { connectorPressure } from "./time/connector-pressure.ts";
import { cron } from "./time/cron.ts";
import { databaseDeadlines } from "./time/database-deadlines.ts";
import { deliveryDeadline } from "./time/delivery-deadline.ts";
import { drift } from "./time/drift.ts";
import { functionTimeout } from "./time/function-timeout.ts";
import { healthCheck } from "./time/health-check.ts";
import { poolIdle } from "./time/pool-idle.ts";
import { probeBounds } from "./time/probe-bounds.ts";
import { probeKind } from "./time/probe-kind.ts";
import { readinessWindow } from "./time/readiness-window.ts";
import { requestTimeoutRule } from "./time/request-timeout.ts";
import { shutdownGrace } from "./time/shutdown-grace.ts";
import { startupWindow } from "./time/startup-window.ts";

/** Every rule that looks at more than the fields of one resource. */
export const crossResourceRules: readonly Rule[] = [
  autoMode,
  connectorRange,
  dockerRange,
  form,
  gkeRanges,
  networkName,
  overlap,
  peeredOverlap,
  privateServicesSize,
  prohibited,
  proxyOnly,
  publicRange,
  redisRange,
  route,
  secondaryRange,
  subnetSize,
  withinSubnet,
  concurrency,
  connectorConnections,
  connectorLoad,
  cpuMemory,
  databaseConnections,
  directEgressAddresses,
  fractionalCpu,
  instances,
  natCapacity,
  natTwice,
  redisClients,
  alloydbOrder,
  alloydbSecondary,
  createFirst,
  deletion,
  encryptionKey,
  filestoreSnapshot,
  nameReused,
  nameTaken,
  nfsShare,
  protectedRemoval,
  replacement,
  restart,
  sqlClients,
  sqlCreate,
  sqlFlags,
  sqlNames,
  sqlReplica,
  sqlUser,
  sqlVersion,
  stillUsed,
  address,
  backendService,
  backendsTogether,
  bucketReader,
  cachedSignIn,
  certificateCoverage,
  certificateDomains,
  certificateMap,
  cloudArmor,
  dnsRecord,
  endpointBalancing,
  forwardingPort,
  groupRegion,
  grpcBackend,
  httpsFrontEnd,
  ingressRule,
  invoker,
  keepAlive,
  partName,
  namedPort,
  negService,
  partKind,
  partMissing,
  proxyCertificates,
  proxyProtocol,
  proxySubnet,
  pscNeg,
  reach,
  redirect,
  scheme,
  serverlessSettings,
  urlMapFeatures,
  authoritative,
  condition,
  deadLetter,
  eventReceiver,
  githubCondition,
  githubMapping,
  githubMembers,
  githubNames,
  githubWildcard,
  gkeMetadata,
  googleAccount,
  keyAccess,
  leastPrivilege,
  memberForm,
  mountedBucket,
  networkUser,
  notificationTopic,
  openDatabase,
  plainSecret,
  poolAttribute,
  publicPrincipal,
  redisAuth,
  roleName,
  roleScope,
  runInvoker,
  secretAccess,
  secretValue,
  secretVersion,
  sinkWriter,
  sqlClient,
  sqlLogin,
  subscriptionWriter,
  targetToken,
  uniformAccess,
  claimRoute,
  credential,
  destination,
  exportTo,
  gatewayConflict,
  gatewayHosts,
  gatewayHttps,
  gatewayPort,
  gatewayReferenceRule,
  gatewayServer,
  literalStar,
  meshHosts,
  networkPolicy,
  redirectLoop,
  routeOrder,
  routeProtocol,
  routeTimeout,
  schema,
  sharedCertificate,
  subset,
  virtualService,
  alertAligner,
  alertEngine,
  alertFilter,
  alertLabel,
  alertNever,
  alertUnit,
  channel,
  dashboardMetric,
  logMetricMissing,
  objective,
  promql,
  uptimeHost,
  appEngineConnector,
  appProfile,
  bgpSession,
  bigqueryConnection,
  buildPoolOrder,
  buildRepository,
  classicVpn,
  connectionName,
  connectionPolicy,
  connectorSubnet,
  connector,
  defaultRoute,
  directEgress,
  diskZone,
  dnsBinding,
  dnsForm,
  dns,
  encryptedAttachment,
  environment,
  firewallEgress,
  firewallIngress,
  firewallPolicy,
  googleAccess,
  healthCheckSource,
  imageRepository,
  instanceGroupMembers,
  internalService,
  jobTarget,
  literalOrder,
  loopback,
  machineSubnet,
  nameDrift,
  namesExist,
  nat,
  networkKind,
  nodePoolLocation,
  otherProject,
  peering,
  privateNetworkForm,
  privateRange,
  privateServicesOrder,
  privateServices,
  proxySource,
  pscEndpoint,
  publicSocket,
  redisPortRule,
  referenceAttribute,
  sameNetwork,
  sameRegion,
  serverAddress,
  serverKind,
  serviceAttachmentRule,
  serviceUrl,
  sharedVpc,
  sqlAddress,
  sqlPort,
  sqlSocket,
  subnetNetwork,
  subnetRegion,
  subscriptionTable,
  triggerTarget,
  virtualRepository,
  volume,
  vpcAccess,
  vpnTunnel,
  ignoredTraffic,
  minimumInstances,
  overlapOfRollout,
  revisionName,
  sessionAffinity,
  targetImage,
  conflict,
  droppedAttribute,
  duration,
  ephemeralValue,
  failingExpression,
  formOfSchema,
  missingAttribute,
  outOfRange,
  project,
  readOnly,
  region,
  undeclared,
  unknownAttribute,
  unknownType,
  unknownValue,
  wrongType,
  annotations,
  apiEnabled,
  choices,
  composerShape,
  containers,
  cpuIdle,
  duplicate,
  environmentVariables,
  eventRegion,
  labels,
  serviceName,
  ports,
  releaseChannel,
  sqlProxy,
  traffic,
  volumes,
  workflowSource,
  callChain,
  connectorPressure,
  cron,
  databaseDeadlines,
  deliveryDeadline,
  drift,
  functionTimeout,
  healthCheck,
  poolIdle,
  probeBounds,
  probeKind,
  readinessWindow,
  requestTimeoutRule,
  shutdownGrace,
  startupWindow,
];
