import { isUnknown } from "../../../graph/index.ts";
import { difference, removedFrom, someOf, valueText } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const last = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** Changes in place that affect public traffic. */
export const edgeHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_compute_security_policy_rule", "google_compute_region_security_policy_rule"],
    what: "a Cloud Armor rule that no longer blocks: another action, or preview only",
    why: "requests that it blocked reach the services",
    find: (change) => {
      const keeps = (block: typeof change.before): boolean =>
        block.string("action") !== "allow" && block.boolean("preview") !== true;
      return keeps(change.before) && !keeps(change.after)
        ? `Cloud Armor rule ${change.before.string("priority") ?? ""} no longer blocks: requests that it blocked reach the services.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_compute_security_policy", "google_compute_region_security_policy"],
    what: "a rule of a Cloud Armor policy removed, or no longer blocking",
    why: "requests that it blocked reach the services",
    find: (change) => {
      const keeping = (block: typeof change.before): string[] =>
        [...block.blocks("rule"), ...block.blocks("rules")]
          .filter((rule) => rule.string("action") !== "allow" && rule.boolean("preview") !== true)
          .flatMap((rule) => rule.string("priority") ?? []);
      if (isUnknown(change.after.get("rule")) || isUnknown(change.after.get("rules"))) return undefined;
      const left = new Set(keeping(change.after));
      const gone = keeping(change.before).filter((priority) => !left.has(priority));
      return gone.length === 0
        ? undefined
        : `${title(change, "Cloud Armor policy")} loses the rule ${someOf(gone)}: requests that it blocked reach the services.`;
    },
  }),
  onUpdate({
    types: ["google_compute_backend_service", "google_compute_region_backend_service"],
    what: "a group removed from a backend",
    why: "it receives no more requests; without any group all requests fail",
    find: (change) => {
      const groups = (block: typeof change.before): string[] =>
        block.blocks("backend").flatMap((each) => each.string("group")?.replace(/^.*?projects\//, "") ?? []);
      const hasUnknown =
        isUnknown(change.after.get("backend")) ||
        change.after.blocks("backend").some((each) => isUnknown(each.get("group")));
      const left = groups(change.after);
      const gone = groups(change.before).filter((group) => !left.includes(group));
      if (gone.length === 0 || hasUnknown) return undefined;
      return `${title(change, "backend")} loses ${someOf(gone.map(last))}: ${left.length === 0 ? "all its requests fail" : "they receive no more requests"}.`;
    },
  }),
  onUpdate({
    types: [
      "google_compute_target_https_proxy",
      "google_compute_region_target_https_proxy",
      "google_compute_target_http_proxy",
      "google_compute_region_target_http_proxy",
      "google_compute_global_forwarding_rule",
      "google_compute_forwarding_rule",
    ],
    what: "a forwarding rule or proxy with another target",
    why: "all its requests go to another target",
    find: (change) => {
      const [path = ""] = ["url_map", "target", "backend_service"].filter(
        (each) => removedFrom(change, each).length > 0,
      );
      const [was, now] = [change.before, change.after].map((block) => last(valueText(block.get(path))));
      return path === ""
        ? undefined
        : `${title(change, labelOf(change.type))} points to another ${path.replace("_", " ")} (${was} to ${now}): all its requests go there.`;
    },
  }),
  onUpdate({
    types: ["google_compute_backend_service", "google_compute_region_backend_service"],
    what: "Cloud Armor removed from a backend",
    why: "attacks and request floods reach the services",
    find: (change) => {
      const policy = difference(change, "security_policy");
      return policy?.now === "not set"
        ? `${title(change, "backend")} loses its Cloud Armor policy: attacks and request floods reach the services.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_compute_backend_service", "google_compute_region_backend_service"],
    what: "Identity-Aware Proxy removed from a backend",
    why: "it accepts requests without sign-in",
    find: (change) => {
      const [was, now] = [change.before, change.after].map(
        (block) => block.boolean("iap.enabled") ?? block.blocks("iap").length > 0,
      );
      return was === true && now === false
        ? `${title(change, "backend")} loses Identity-Aware Proxy: it accepts requests without sign-in.`
        : undefined;
    },
  }),
  onUpdate({
    types: ["google_compute_url_map", "google_compute_region_url_map"],
    what: "a host removed from a URL map",
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
    what: "a certificate removed from a proxy",
    why: "browsers reject connections to its names",
    find: (change) => {
      const gone = removedFrom(change, "ssl_certificates").map(last);
      const map = difference(change, "certificate_map");
      if (gone.length === 0 && map?.now !== "not set") return undefined;
      // A map takes over from the list, whatever is in the list.
      if (change.after.get("certificate_map") !== undefined) return undefined;
      return `${title(change, "HTTPS proxy")} loses ${gone.length === 0 ? "its certificate map" : `the certificate ${someOf(gone)}`}: browsers reject connections to its names unless another certificate covers them.`;
    },
  }),
];
