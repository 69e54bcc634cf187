import type { Rule } from "../rule.ts";
import { claimRoute } from "./claim-route.ts";
import { credential } from "./credential.ts";
import { destination } from "./destination.ts";
import { exportTo } from "./export-to.ts";
import { gatewayConflict } from "./gateway-conflict.ts";
import { gatewayHosts } from "./gateway-hosts.ts";
import { gatewayHttps } from "./gateway-https.ts";
import { gatewayPort } from "./gateway-port.ts";
import { gatewayReferenceRule } from "./gateway-reference.ts";
import { gatewayServer } from "./gateway-server.ts";
import { meshHosts } from "./mesh-hosts.ts";
import { networkPolicy } from "./network-policy.ts";
import { redirectLoop } from "./redirect-loop.ts";
import { routeOrder } from "./route-order.ts";
import { routeProtocol } from "./route-protocol.ts";
import { routeTimeout } from "./route-timeout.ts";
import { schema } from "./schema.ts";
import { sharedCertificate } from "./shared-certificate.ts";
import { subset } from "./subset.ts";
import { virtualService } from "./virtual-service.ts";

/** Istio gateways and virtual services, in YAML or in Terraform: what is stated twice must agree (incident I-0). */
export const meshRules: readonly Rule[] = [
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
];
