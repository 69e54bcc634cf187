import { isUnknown } from "../../../graph/index.ts";
import { difference, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const SERVICE = ["google_cloud_run_v2_service"];
const VPC = "template.vpc_access";

/** From the widest to the narrowest. */
const INGRESS = [
  "INGRESS_TRAFFIC_ALL",
  "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
  "INGRESS_TRAFFIC_INTERNAL_ONLY",
];

/** Changes in place of a service that create no revision: they take effect at once. */
export const cloudRunHazards: readonly Hazard[] = [
  onUpdate({
    types: SERVICE,
    what: "ingress narrowed or opened, or the run.app URL disabled",
    why: "callers are rejected, or bypass the load balancer and Cloud Armor",
    find: (change) => {
      const ingress = difference(change, "ingress");
      const [was, now] = [ingress?.was, ingress?.now].map((word) => INGRESS.indexOf(word ?? ""));
      const name = title(change, "service");
      if (ingress !== undefined && was !== undefined && now !== undefined && was >= 0) {
        if (now > was)
          return `${name} accepts fewer callers (ingress ${ingress.text}): all others are rejected at once.`;
        if (now === 0)
          return `${name} is opened to the internet (ingress ${ingress.text}): its run.app URL bypasses the load balancer and Cloud Armor.`;
      }
      return switchedOn(change, "default_uri_disabled")
        ? `${name} loses its run.app URL: callers of that URL are rejected at once.`
        : undefined;
    },
  }),
  onUpdate({
    types: SERVICE,
    what: "Identity-Aware Proxy or the IAM check of invokers switched off",
    why: "it accepts unauthenticated requests",
    find: (change) => {
      const iap = switchedOff(change, "iap_enabled");
      return iap || switchedOn(change, "invoker_iam_disabled")
        ? `${title(change, "service")} no longer authenticates callers (${iap ? "iap_enabled off" : "invoker_iam_disabled"}): it accepts unauthenticated requests.`
        : undefined;
    },
  }),
  onUpdate({
    types: SERVICE,
    what: "VPC access removed, or internet traffic no longer routed through the VPC",
    why: "private addresses become unreachable, and partners see other source addresses",
    find: (change) => {
      const { before, after } = change;
      if (before.blocks(VPC).length === 0) return undefined;
      if (after.blocks(VPC).length === 0)
        return isUnknown(after.get(VPC))
          ? undefined
          : `${title(change, "service")} leaves the VPC: databases, caches and all other private addresses become unreachable.`;
      const egress = difference(change, `${VPC}.egress`);
      return egress?.was === "ALL_TRAFFIC"
        ? `${title(change, "service")} no longer sends internet traffic through the VPC (egress ${egress.text}): partners that allow only the addresses of Cloud NAT reject it.`
        : undefined;
    },
  }),
];
