import { someOf } from "../../plan/compare.ts";
import { hostsOf, KUBERNETES_MANIFEST, kindOf, objectIn, texts } from "../../plan/kubernetes-object.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import type { Surroundings } from "../../surroundings.ts";
import type { Removal } from "./removal.ts";
import { UNKNOWN_KIND } from "./removal.ts";

/** Objects of Kubernetes: what is lost depends on their kind. */
export const kubernetesRemovals: readonly Removal[] = [
  {
    types: [KUBERNETES_MANIFEST],
    noun: "Kubernetes object",
    destroyed: (change, around) => lost(change, around, ""),
    replaced: (change, around) => lost(change, around, " until the new one is there"),
  },
];

function lost(change: PlannedChange, around: Surroundings, until: string): string | undefined {
  const { before } = change;
  const object = objectIn(before);
  const hosts = someOf(hostsOf(before).map((host) => (host === "*" ? "every host" : host)));
  switch (kindOf(before)) {
    case "Gateway":
      return `nothing answers for ${hosts} at this gateway${until || takenOver(change, around)}, and virtual services that name it route nothing`;
    case "VirtualService":
      return `requests for ${hosts} get 404${until || takenOver(change, around)}`;
    case "DestinationRule": {
      const subsets = object.blocks("spec.subsets").map((subset) => subset.string("name") ?? "?");
      const tls = object.blocks("spec.trafficPolicy.tls").length > 0;
      if (subsets.length === 0 && !tls) return undefined;
      const what = [
        ...(subsets.length === 0 ? [] : [`routes to its subsets ${someOf(subsets)} get 503`]),
        ...(tls ? ["calls lose their TLS settings"] : []),
      ];
      return `${what.join(" and ")}${until}`;
    }
    case "NetworkPolicy":
      return `whoever it kept away reaches the pods${until}`;
    case "AuthorizationPolicy":
    case "RequestAuthentication":
    case "PeerAuthentication":
      return `what it demanded of callers is not demanded any more${until}`;
    case "Certificate":
      return `the certificate of ${someOf(texts(object, "spec.dnsNames"))} is not renewed any more${until}: browsers are refused when it expires`;
    default:
      return UNKNOWN_KIND;
  }
}

/** Another object for the same hosts: Terraform may delete the old one first. */
function takenOver({ before, address }: PlannedChange, around: Surroundings): string {
  const hosts = hostsOf(before);
  const heirs = around.after
    .all(KUBERNETES_MANIFEST)
    .filter((other) => other.address !== address && kindOf(other) === kindOf(before))
    .filter((other) => hosts.every((host) => hostsOf(other).includes(host)));
  const [heir] = heirs;
  return heir === undefined || hosts.length === 0 ? "" : ` until ${heir.address} is there`;
}
