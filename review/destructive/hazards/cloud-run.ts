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

/** Changes in place of a service that no new revision has to survive: they hold at once. */
export const cloudRunHazards: readonly Hazard[] = [
  onUpdate({
    types: SERVICE,
    what: "ingress, or its run.app address switched off",
    why: "callers are refused, or they get past the load balancer and Cloud Armor",
    find: (change) => {
      const ingress = difference(change, "ingress");
      const [was, now] = [ingress?.was, ingress?.now].map((word) => INGRESS.indexOf(word ?? ""));
      const name = title(change, "service");
      if (ingress !== undefined && was !== undefined && now !== undefined && was >= 0) {
        if (now > was)
          return `${name} is called by fewer (ingress ${ingress.text}): whoever else calls it is refused at once.`;
        if (now === 0)
          return `${name} is opened to the internet (ingress ${ingress.text}): its run.app address goes past the load balancer and Cloud Armor.`;
      }
      return switchedOn(change, "default_uri_disabled")
        ? `${name} loses its run.app address: whoever calls it there is refused at once.`
        : undefined;
    },
  }),
  onUpdate({
    types: SERVICE,
    what: "Identity-Aware Proxy or the check of the invoker switched off",
    why: "everybody who reaches it gets in",
    find: (change) => {
      const iap = switchedOff(change, "iap_enabled");
      return iap || switchedOn(change, "invoker_iam_disabled")
        ? `${title(change, "service")} no longer asks who calls (${iap ? "iap_enabled off" : "invoker_iam_disabled"}): everybody who reaches it gets in.`
        : undefined;
    },
  }),
  onUpdate({
    types: SERVICE,
    what: "the way into the VPC dropped, or the internet no longer reached through it",
    why: "what it reaches by private addresses is lost, and partners see other addresses",
    find: (change) => {
      const { before, after } = change;
      if (before.blocks(VPC).length === 0) return undefined;
      if (after.blocks(VPC).length === 0)
        return isUnknown(after.get(VPC))
          ? undefined
          : `${title(change, "service")} leaves the VPC: databases, caches and everything else with a private address are out of its reach.`;
      const egress = difference(change, `${VPC}.egress`);
      return egress?.was === "ALL_TRAFFIC"
        ? `${title(change, "service")} no longer goes out through the VPC (egress ${egress.text}): whoever allows only the addresses of Cloud NAT refuses it.`
        : undefined;
    },
  }),
];
