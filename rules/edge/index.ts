import type { Rule } from "../rule.ts";
import { address } from "./address.ts";
import { backendService } from "./backend-service.ts";
import { backendsTogether } from "./backends-together.ts";
import { cdnPolicy } from "./cdn-policy.ts";
import { certificateCoverage } from "./certificate-coverage.ts";
import { certificateDomains } from "./certificate-domains.ts";
import { certificateMap } from "./certificate-map.ts";
import { cloudArmor } from "./cloud-armor.ts";
import { dnsRecord } from "./dns-record.ts";
import { forwardingPort } from "./forwarding-port.ts";
import { ingressRule } from "./ingress.ts";
import { invoker } from "./invoker.ts";
import { keepAlive } from "./keep-alive.ts";
import { partName } from "./name.ts";
import { negService } from "./neg-service.ts";
import { partKind } from "./part-kind.ts";
import { partMissing } from "./part-missing.ts";
import { proxyCertificates } from "./proxy-certificates.ts";
import { proxySubnet } from "./proxy-subnet.ts";
import { reach } from "./reach.ts";
import { redirect } from "./redirect.ts";
import { scheme } from "./scheme.ts";
import { serverlessSettings } from "./serverless-settings.ts";
import { sslPolicy } from "./ssl-policy.ts";
import { urlMapPaths } from "./url-map-paths.ts";
import { urlMapRoutes } from "./url-map-routes.ts";

/** The load balancer in front of Cloud Run, from the address to the endpoint group. */
export const edgeRules: readonly Rule[] = [
  address,
  backendService,
  backendsTogether,
  cdnPolicy,
  certificateCoverage,
  certificateDomains,
  certificateMap,
  cloudArmor,
  dnsRecord,
  forwardingPort,
  ingressRule,
  invoker,
  keepAlive,
  negService,
  partKind,
  partMissing,
  partName,
  proxyCertificates,
  proxySubnet,
  reach,
  redirect,
  scheme,
  serverlessSettings,
  sslPolicy,
  urlMapPaths,
  urlMapRoutes,
];
