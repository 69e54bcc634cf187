import { difference, removedFrom, someOf } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { type Loss, onUpdate } from "../loss.ts";

/** Changes in place that public traffic notices. */
export const edgeLosses: readonly Loss[] = [
  onUpdate({
    types: ["google_compute_backend_service", "google_compute_region_backend_service"],
    what: "Cloud Armor taken from a backend",
    why: "attacks and floods reach the services",
    find: (change) => {
      const policy = difference(change, "security_policy");
      return policy?.now === "not set"
        ? `${title(change, "backend")} loses its Cloud Armor policy: attacks and floods reach the services.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_compute_backend_service", "google_compute_region_backend_service"],
    what: "Identity-Aware Proxy taken from a backend",
    why: "everybody gets in without signing in",
    find: (change) => {
      const [was, now] = [change.before, change.after].map(
        (block) => block.boolean("iap.enabled") ?? block.blocks("iap").length > 0,
      );
      return was === true && now === false
        ? `${title(change, "backend")} loses Identity-Aware Proxy: everybody gets in without signing in.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_compute_url_map", "google_compute_region_url_map"],
    what: "a host taken from a URL map",
    why: "its requests go to the default backend",
    find: (change) => {
      const hosts = (block: typeof change.before): string[] =>
        block.blocks("host_rule").flatMap((rule) => {
          const value = rule.get("hosts");
          return Array.isArray(value) ? value.filter((host) => typeof host === "string") : [];
        });
      const left = new Set(hosts(change.after));
      const gone = hosts(change.before).filter((host) => !left.has(host));
      return gone.length === 0
        ? undefined
        : `${title(change, "URL map")} no longer routes ${someOf(gone)}: its requests go to the default backend.`;
    },
  }),
  onUpdate({
    types: ["google_compute_target_https_proxy", "google_compute_region_target_https_proxy"],
    what: "a certificate taken from a proxy",
    why: "browsers are refused on its names",
    find: (change) => {
      const gone = removedFrom(change, "ssl_certificates").map((id) => id.slice(id.lastIndexOf("/") + 1));
      const map = difference(change, "certificate_map");
      if (gone.length === 0 && map?.now !== "not set") return undefined;
      // A map takes over from the list, whatever is in the list.
      if (change.after.get("certificate_map") !== undefined) return undefined;
      return `${title(change, "HTTPS proxy")} loses ${gone.length === 0 ? "its certificate map" : `the certificate ${someOf(gone)}`}: browsers are refused on its names unless another certificate covers them.`;
    },
  }),
];
