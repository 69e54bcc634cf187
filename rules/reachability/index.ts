import type { Rule } from "../rule.ts";
import { connectionName } from "./connection-name.ts";
import { connector } from "./connector.ts";
import { connectorSubnet } from "./connector-subnet.ts";
import { defaultRoute } from "./default-route.ts";
import { directEgress } from "./direct-egress.ts";
import { dns } from "./dns.ts";
import { dnsForm } from "./dns-form.ts";
import { environment } from "./environment.ts";
import { firewallEgress } from "./firewall-egress.ts";
import { firewallIngress } from "./firewall-ingress.ts";
import { firewallShape } from "./firewall-shape.ts";
import { googleAccess } from "./google-access.ts";
import { internalService } from "./internal-service.ts";
import { loopback } from "./loopback.ts";
import { nameDrift } from "./name-drift.ts";
import { namesExist } from "./names-exist.ts";
import { nat } from "./nat.ts";
import { networkKind } from "./network-kind.ts";
import { peering } from "./peering.ts";
import { privateNetworkForm } from "./private-network-form.ts";
import { privateRange } from "./private-range.ts";
import { privateServices } from "./private-services.ts";
import { privateServicesOrder } from "./private-services-order.ts";
import { publicSocket } from "./public-socket.ts";
import { redisPortRule } from "./redis-port.ts";
import { sameNetwork } from "./same-network.ts";
import { serverAddress } from "./server-address.ts";
import { serverKind } from "./server-kind.ts";
import { serviceUrl } from "./service-url.ts";
import { sqlAddress } from "./sql-address.ts";
import { sqlPort } from "./sql-port.ts";
import { sqlSocket } from "./sql-socket.ts";
import { volume } from "./volume.ts";
import { vpcAccess } from "./vpc-access.ts";

/** Whether packets arrive: networks, names, ways in and out, and what stands in between. */
export const reachabilityRules: readonly Rule[] = [
  connector,
  connectorSubnet,
  directEgress,
  vpcAccess,
  sameNetwork,
  privateServices,
  privateServicesOrder,
  privateRange,
  privateNetworkForm,
  networkKind,
  nat,
  defaultRoute,
  googleAccess,
  firewallEgress,
  firewallIngress,
  firewallShape,
  redisPortRule,
  serverAddress,
  serverKind,
  loopback,
  connectionName,
  sqlSocket,
  sqlAddress,
  sqlPort,
  publicSocket,
  dns,
  dnsForm,
  nameDrift,
  namesExist,
  environment,
  volume,
  internalService,
  serviceUrl,
  peering,
];
