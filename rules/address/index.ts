import type { Rule } from "../rule.ts";
import { autoMode } from "./auto-mode.ts";
import { connectorRange } from "./connector-range.ts";
import { dockerRange } from "./docker-range.ts";
import { form } from "./form.ts";
import { networkName } from "./name.ts";
import { overlap } from "./overlap.ts";
import { peeredOverlap } from "./peered-overlap.ts";
import { privateServicesShape } from "./private-services-shape.ts";
import { privateServicesSize } from "./private-services-size.ts";
import { prohibited } from "./prohibited.ts";
import { proxyOnly } from "./proxy-only.ts";
import { publicRange } from "./public-range.ts";
import { redisRange } from "./redis-range.ts";
import { route } from "./route.ts";
import { secondaryRange } from "./secondary-range.ts";
import { subnetSize } from "./subnet-size.ts";
import { withinSubnet } from "./within-subnet.ts";

/** Every range of a network is a range, is allowed, is large enough, and is nobody else's. */
export const addressRules: readonly Rule[] = [
  autoMode,
  connectorRange,
  dockerRange,
  form,
  networkName,
  overlap,
  peeredOverlap,
  privateServicesShape,
  privateServicesSize,
  prohibited,
  proxyOnly,
  publicRange,
  redisRange,
  route,
  secondaryRange,
  subnetSize,
  withinSubnet,
];
