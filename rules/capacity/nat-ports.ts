import { isUnknown, type Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../platform/limits.ts";
import { list } from "../lists.ts";
import type { Rule, Verdict } from "../rule.ts";

/** V12, V13: ports and addresses of Cloud NAT. */
export const natPorts: Rule = {
  id: "capacity/nat-ports",
  why: "The provider lets combinations of port and address settings pass that the API refuses.",
  limit:
    "dynamic allocation: powers of two, 32 or more, the maximum above the minimum, no endpoint-independent mapping; max_ports_per_vm only with it; nat_ips only with MANUAL_ONLY",
  fix: "Set enable_dynamic_port_allocation with powers of two, or leave the maximum out.",
  source: vpcLimits.natPortsPerAddress.source,
  example: `resource "google_compute_router_nat" "main" {
  name                               = "main"
  router                             = google_compute_router.main.name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  enable_dynamic_port_allocation     = true
  min_ports_per_vm                   = 100 # not a power of two
}`,
  *check(graph) {
    for (const resource of graph.all("google_compute_router_nat")) {
      if (idleMaximum(resource))
        yield {
          resource,
          severity: "warning",
          message:
            "max_ports_per_vm is written without enable_dynamic_port_allocation; it counts with dynamic port allocation only.",
          fix: "Set enable_dynamic_port_allocation = true, or remove max_ports_per_vm.",
        };
      for (const [message, fix] of [...words(resource), ...ports(resource), ...addresses(resource)]) {
        const verdict: Verdict = { resource, severity: "error", message };
        yield fix === undefined ? verdict : { ...verdict, fix };
      }
    }
  },
};

function idleMaximum(nat: Resource): boolean {
  const dynamic = nat.get("enable_dynamic_port_allocation");
  return Boolean(nat.number("max_ports_per_vm")) && (dynamic === undefined || dynamic === false);
}

type Slip = readonly [message: string, fix?: string];

const WORDS: { readonly [path: string]: readonly string[] } = {
  nat_ip_allocate_option: ["AUTO_ONLY", "MANUAL_ONLY"],
  source_subnetwork_ip_ranges_to_nat: [
    "ALL_SUBNETWORKS_ALL_IP_RANGES",
    "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
    "LIST_OF_SUBNETWORKS",
  ],
  "log_config.filter": ["ALL", "ERRORS_ONLY", "TRANSLATIONS_ONLY"],
};

function* words(nat: Resource): Iterable<Slip> {
  for (const [path, allowed] of Object.entries(WORDS)) {
    const written = nat.string(path);
    if (written === undefined || written === "" || allowed.includes(written)) continue;
    yield [
      `${path} is "${written}"; refused at plan: it is one of ${allowed.join(", ")}.`,
      `Write one of ${allowed.join(", ")}.`,
    ];
  }
}

function* ports(nat: Resource): Iterable<Slip> {
  const [low, high] = [vpcLimits.natDynamicPortsLow.value, vpcLimits.natPortsHigh.value];
  const [min, max] = [nat.number("min_ports_per_vm"), nat.number("max_ports_per_vm")];
  const dynamic = nat.boolean("enable_dynamic_port_allocation");
  for (const [attribute, count] of [
    ["min_ports_per_vm", min],
    ["max_ports_per_vm", max],
  ] as const) {
    if (count === undefined || count === 0) continue;
    if (count < 2 || count > high)
      yield [`${attribute} is ${count}; refused at apply: it must be between 2 and ${high}.`];
    else if (dynamic === true && (count < low || !Number.isInteger(Math.log2(count))))
      yield [
        `${attribute} is ${count} with dynamic port allocation; refused at apply: it must be a power of two of at least ${low}.`,
      ];
  }
  if (dynamic === true && min && max && max <= min)
    yield [
      `max_ports_per_vm is ${max} and min_ports_per_vm ${min}; refused at apply: the maximum must be above the minimum.`,
      "Raise max_ports_per_vm.",
    ];
  if (dynamic === true && nat.boolean("enable_endpoint_independent_mapping") === true)
    yield [
      "enable_dynamic_port_allocation and enable_endpoint_independent_mapping are both true; refused at apply: they exclude each other.",
      "Set enable_endpoint_independent_mapping = false.",
    ];
}

function* addresses(nat: Resource): Iterable<Slip> {
  const option = nat.string("nat_ip_allocate_option");
  const written = nat.get("nat_ips");
  const count = isUnknown(written) ? undefined : list(written).length;
  if (option === "AUTO_ONLY" && count !== undefined && count > 0)
    yield [
      "nat_ips are written with nat_ip_allocate_option AUTO_ONLY; refused at apply: addresses are either chosen or written.",
      'Set nat_ip_allocate_option = "MANUAL_ONLY", or remove nat_ips.',
    ];
  const initial = nat.get("initial_nat_ips");
  if (option === "MANUAL_ONLY" && count === 0 && (initial === undefined || list(initial).length === 0))
    yield [
      "nat_ip_allocate_option is MANUAL_ONLY without nat_ips; refused at apply: an address is needed.",
      "Write nat_ips, or AUTO_ONLY.",
    ];
  const source = nat.string("source_subnetwork_ip_ranges_to_nat");
  const subnets = nat.get("subnetwork");
  if (source === "LIST_OF_SUBNETWORKS" && !isUnknown(subnets) && list(subnets).length === 0)
    yield [
      "source_subnetwork_ip_ranges_to_nat is LIST_OF_SUBNETWORKS without a subnetwork block; refused at apply: the list is empty.",
      "Write a subnetwork block for each subnet.",
    ];
  if (source?.startsWith("ALL_SUBNETWORKS") && !isUnknown(subnets) && list(subnets).length > 0)
    yield [
      `subnetwork blocks are written with ${source}; refused at apply: subnets are listed with LIST_OF_SUBNETWORKS only.`,
      'Set source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS", or remove the blocks.',
    ];
}
