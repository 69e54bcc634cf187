import { type Block, type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** What the API deletes only when nothing uses it any more, with the types that hold it. */
const HELD: readonly (readonly [held: RegExp, by: RegExp])[] = [
  [/network_endpoint_group$|instance_group(_manager)?$/, /backend_service$/],
  [/compute_(region_)?backend_(service|bucket)$/, /url_map$|forwarding_rule$|target_(tcp|ssl)_proxy$/],
  [/url_map$/, /target_(http|https|grpc)_proxy$/],
  [/target_(http|https|tcp|ssl|grpc)_proxy$|target_pool$/, /forwarding_rule$/],
  [/ssl_(certificate|policy)$|certificate_map$/, /target_(https|ssl)_proxy$/],
  [/health_check$/, /backend_service$|instance_group_manager$|target_pool$/],
  [/compute_(region_)?security_policy$/, /backend_(service|bucket)$/],
  [/compute_(global_)?address$/, /forwarding_rule$|router_nat$/],
  [
    /compute_subnetwork$/,
    /compute_(instance|address)$|forwarding_rule$|vpc_access_connector$|container_cluster$/,
  ],
  [/compute_network$/, /compute_(subnetwork|firewall|router|route)$/],
  [/instance_template$/, /instance_group_manager$/],
  [/certificate_manager_certificate$/, /certificate_map_entry$|target_https_proxy$/],
  [/certificate_manager_dns_authorization$/, /certificate_manager_certificate$/],
  [/monitoring_notification_channel$/, /monitoring_alert_policy$/],
];
const HOSTS = /^https:\/\/[\w.]+\/(compute\/)?(v1|beta)\/|^\/\/[\w.]+\//;

/** What a plan deletes although something that stays uses it. */
export const stillUsed: Rule = {
  id: "data/still-used",
  why: "Terraform deletes before it creates: what the API does not delete while it is in use makes such a plan fail halfway.",
  limit: "nothing is deleted, or replaced delete-first, that a resource uses before and after the plan",
  fix: "Set lifecycle { create_before_destroy = true } and give the new one another name.",
  source:
    "https://docs.cloud.google.com/compute/docs/troubleshooting/troubleshooting-resource-errors#resource_in_use_by_another_resource",
  *check(graph) {
    const gone = [...graph.removed, ...graph.all().filter(isDeletedFirst)];
    for (const resource of gone) {
      const [, by] = HELD.find(([held]) => held.test(resource.type)) ?? [];
      // Forced, the API takes the channel out of the policies.
      if (by === undefined || resource.change?.before?.boolean("force_delete") === true) continue;
      const names = namesOf(resource);
      const user = graph
        .all()
        .find((other) => by.test(other.type) && stays(other) && uses(graph, other, resource, names));
      if (user === undefined) continue;
      const isReplaced = resource.change?.actions.includes("create") === true;
      yield {
        resource,
        message: `the plan deletes it${isReplaced ? " before it creates the new one" : ""}, and ${user.address} uses it and stays; rejected by the API: it is in use.`,
        ...(isReplaced
          ? {}
          : { fix: `Let ${user.address} name another one first, or delete it in the same plan.` }),
      };
    }
  },
};

function isDeletedFirst({ change }: Resource): boolean {
  return change?.actions.join() === "delete,create";
}

/** A resource that goes as well, or is itself deleted first, is gone when the other one is deleted. */
function stays({ change }: Resource): boolean {
  return change?.before !== undefined && !change.actions.includes("delete");
}

/** What names it: ids and links without host and version, and the address of an address. */
function namesOf({ change }: Resource): ReadonlySet<string> {
  const paths = ["id", "self_link", "name", "instance_group", "address"];
  const names = paths.map((path) => plain(change?.before?.string(path) ?? ""));
  return new Set(names.filter((name) => name.includes("/") || /^[\d.]+$|:/.test(name)));
}

function plain(name: string): string {
  return name.replace(HOSTS, "");
}

/** True where an attribute names it before, and still names it after: by the same text, or by a reference. */
function uses(graph: Graph, user: Resource, { address }: Resource, names: ReadonlySet<string>): boolean {
  const { before, after } = user.change ?? {};
  if (before === undefined || after === undefined) return false;
  const refers = [...user.dependencies].some((dependency) => graph.at(dependency, user)?.address === address);
  return Object.entries(before.values).some(([attribute, value]) => {
    if (IDENTITY_ATTRIBUTES.has(attribute) || !holds(value, names)) return false;
    const still = valueAt(after, attribute);
    return holds(still, names) || (refers && hasUnknown(still));
  });
}

const IDENTITY_ATTRIBUTES: ReadonlySet<string> = new Set(["id", "self_link", "name"]);

function valueAt(block: Block, attribute: string): Value {
  return block.values[attribute] ?? null;
}

function holds(value: Value, names: ReadonlySet<string>): boolean {
  if (typeof value === "string") return names.has(plain(value));
  return entries(value).some((entry) => holds(entry, names));
}

function hasUnknown(value: Value): boolean {
  return isUnknown(value) || entries(value).some(hasUnknown);
}

function entries(value: Value): readonly Value[] {
  return typeof value === "object" && value !== null && !isUnknown(value) ? Object.values(value) : [];
}
