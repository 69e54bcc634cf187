import type { ReviewContext } from "../context.ts";
import { someOf } from "../plan/compare.ts";
import { hostsOf, KUBERNETES_MANIFEST, kindOf, objectIn, texts } from "../plan/kubernetes-object.ts";
import type { PlannedChange } from "../plan/planned-change.ts";

/** What is reported where the catalogue does not say what a type holds. */
export const UNKNOWN_TYPE =
  "the catalogue does not say whether it holds data or serves traffic, so a person decides";

/** What is lost with an object of Kubernetes, by its kind; undefined where nothing is. */
export function impactOfObject(
  change: PlannedChange,
  context: ReviewContext,
  action: "destroyed" | "replaced",
): string | undefined {
  const until = action === "destroyed" ? "" : " until the new one exists";
  const { before } = change;
  const object = objectIn(before);
  const hosts = someOf(hostsOf(before).map((host) => (host === "*" ? "every host" : host)));
  switch (kindOf(before)) {
    case "Gateway":
      return `this gateway no longer serves ${hosts}${until || untilReplacement(change, context)}, and virtual services bound to it no longer route`;
    case "VirtualService":
      return `requests for ${hosts} get 404${until || untilReplacement(change, context)}`;
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
      return `clients that it blocked can reach the pods${until}`;
    case "AuthorizationPolicy":
    case "RequestAuthentication":
    case "PeerAuthentication":
      return `its requirements for callers no longer apply${until}`;
    case "Certificate":
      return `the certificate of ${someOf(texts(object, "spec.dnsNames"))} is no longer renewed${until}: browsers reject it when it expires`;
    default:
      return UNKNOWN_TYPE;
  }
}

/** Another object for the same hosts: Terraform may delete the old one first. */
function untilReplacement({ before, address }: PlannedChange, context: ReviewContext): string {
  const hosts = hostsOf(before);
  const replacements = context.after
    .all(KUBERNETES_MANIFEST)
    .filter((other) => other.address !== address && kindOf(other) === kindOf(before))
    .filter((other) => hosts.every((host) => hostsOf(other).includes(host)));
  const [replacement] = replacements;
  return replacement === undefined || hosts.length === 0 ? "" : ` until ${replacement.address} exists`;
}
