import type { Rule } from "../rule.ts";
import { credential } from "./credential.ts";
import { destination } from "./destination.ts";
import { exportTo } from "./export-to.ts";
import { gatewayConflict } from "./gateway-conflict.ts";
import { gatewayHosts } from "./gateway-hosts.ts";
import { gatewayHttps } from "./gateway-https.ts";
import { gatewayReferenceRule } from "./gateway-reference.ts";
import { gatewayServer } from "./gateway-server.ts";
import { networkPolicy } from "./network-policy.ts";
import { routeOrder } from "./route-order.ts";
import { routeProtocol } from "./route-protocol.ts";
import { routeTimeout } from "./route-timeout.ts";
import { subset } from "./subset.ts";
import { virtualService } from "./virtual-service.ts";

/** Istio gateways and virtual services, in YAML or in Terraform: what is stated twice must agree (incident I-0). */
export const meshRules: readonly Rule[] = [
  credential,
  destination,
  exportTo,
  gatewayConflict,
  gatewayHosts,
  gatewayHttps,
  gatewayReferenceRule,
  gatewayServer,
  networkPolicy,
  routeOrder,
  routeProtocol,
  routeTimeout,
  subset,
  virtualService,
];
