import { choice, custom, forbidden, order, range, required } from "../constraints/index.ts";
import { vpcLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const PORTS = ["min_ports_per_vm", "max_ports_per_vm"] as const;
const TIMEOUTS = [
  "udp_idle_timeout_sec",
  "icmp_idle_timeout_sec",
  "tcp_established_idle_timeout_sec",
  "tcp_transitory_idle_timeout_sec",
  "tcp_time_wait_timeout_sec",
] as const;
const DYNAMIC = { enable_dynamic_port_allocation: [true] };

/** Cloud NAT. */
export const computeRouterNat: ResourceType = {
  type: "google_compute_router_nat",
  label: "Cloud NAT",
  importId: "projects/{project}/regions/{region}/routers/{parent}/{name}",
  requiredRole: "roles/compute.networkAdmin",
  deleteImpact: {
    destroyed: "nothing in the VPC can reach the internet any more, and all open connections are cut",
    replaced:
      "nothing in the VPC can reach the internet until the new one exists, and all open connections are cut",
  },
  references: {
    "subnetwork.name": ["google_compute_subnetwork"],
    router: ["google_compute_router"],
    nat_ips: ["google_compute_address"],
  },
  fieldRules: [
    {
      id: "capacity/nat-ports",
      why: "The provider lets combinations of port and address settings pass that the API rejects.",
      fix: "Set enable_dynamic_port_allocation with powers of two, or leave the maximum out.",
      source: limits.natPortsPerAddress.source,
      constraints: [
        choice("nat_ip_allocate_option", ["AUTO_ONLY", "MANUAL_ONLY"], { outcome: "rejected at plan" }),
        choice(
          "source_subnetwork_ip_ranges_to_nat",
          ["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES", "LIST_OF_SUBNETWORKS"],
          { outcome: "rejected at plan" },
        ),
        choice("log_config.filter", ["ALL", "ERRORS_ONLY", "TRANSLATIONS_ONLY"], {
          outcome: "rejected at plan",
        }),
        ...PORTS.map((attribute) =>
          range(attribute, { low: 2, high: limits.natPortsHigh, zeroIsUnset: true }),
        ),
        ...TIMEOUTS.map((attribute) => range(attribute, { low: 1, unit: "s", zeroIsUnset: true })),
        custom(
          `with enable_dynamic_port_allocation, ${PORTS.join(" and ")}: powers of two of at least ${limits.natDynamicPortsLow.value}`,
          function* (nat) {
            for (const attribute of PORTS) {
              const count = nat.number(attribute) ?? 0;
              const isPower = count >= limits.natDynamicPortsLow.value && Number.isInteger(Math.log2(count));
              if (count >= 2 && count <= limits.natPortsHigh.value && !isPower)
                yield {
                  found: `${attribute} is ${count} with dynamic port allocation`,
                  because: `it must be a power of two of at least ${limits.natDynamicPortsLow.value}`,
                  fix: `Set ${attribute} to a power of two, for example 64.`,
                };
            }
          },
          { when: DYNAMIC },
        ),
        order("min_ports_per_vm", "max_ports_per_vm", { when: DYNAMIC, zeroIsUnset: true }),
        forbidden(["enable_endpoint_independent_mapping"], {
          when: { ...DYNAMIC, enable_endpoint_independent_mapping: [true] },
          because: "dynamic port allocation and endpoint-independent mapping exclude each other",
          fix: "Set enable_endpoint_independent_mapping = false.",
        }),
        custom(
          "max_ports_per_vm counts with enable_dynamic_port_allocation only",
          function* (nat) {
            const dynamic = nat.get("enable_dynamic_port_allocation");
            if (nat.number("max_ports_per_vm") && (dynamic === undefined || dynamic === false))
              yield {
                found: "max_ports_per_vm is set without enable_dynamic_port_allocation",
                because: "it has no effect without dynamic port allocation",
                fix: "Set enable_dynamic_port_allocation = true, or remove max_ports_per_vm.",
              };
          },
          { severity: "warning", outcome: "fails at run time" },
        ),
        forbidden(["nat_ips"], {
          when: { nat_ip_allocate_option: ["AUTO_ONLY"] },
          because: "addresses are either allocated by Google or listed",
          fix: 'Set nat_ip_allocate_option = "MANUAL_ONLY", or remove nat_ips.',
        }),
        required(["nat_ips"], {
          when: { nat_ip_allocate_option: ["MANUAL_ONLY"], initial_nat_ips: [undefined] },
          because: "a gateway needs an address",
          fix: "Set nat_ips = [google_compute_address.nat.self_link], or AUTO_ONLY.",
        }),
        forbidden(["drain_nat_ips"], {
          when: { nat_ip_allocate_option: ["AUTO_ONLY"] },
          because: "only addresses that were listed in nat_ips can be drained",
          fix: 'Set nat_ip_allocate_option = "MANUAL_ONLY", or remove drain_nat_ips.',
        }),
        forbidden(["nat_ip_allocate_option", "nat_ips"], {
          when: { type: ["PRIVATE"] },
          because: "a private gateway takes its addresses from subnets of purpose PRIVATE_NAT",
          fix: "Remove it, and name the subnets in rules.action.source_nat_active_ranges.",
          source: "https://docs.cloud.google.com/nat/docs/set-up-private-nat",
        }),
        custom(
          "LIST_OF_SECONDARY_IP_RANGES with secondary_ip_range_names",
          function* (subnet) {
            const ranges = subnet.get("source_ip_ranges_to_nat");
            const isListed = Array.isArray(ranges) && ranges.includes("LIST_OF_SECONDARY_IP_RANGES");
            if (isListed && subnet.get("secondary_ip_range_names") === undefined)
              yield {
                found: "secondary_ip_range_names is not set with LIST_OF_SECONDARY_IP_RANGES",
                because: "the list is empty",
                fix: 'Set secondary_ip_range_names, for example to ["pods"].',
              };
          },
          { within: "subnetwork[]" },
        ),
        required(["subnetwork"], {
          when: { source_subnetwork_ip_ranges_to_nat: ["LIST_OF_SUBNETWORKS"] },
          because: "the list is empty",
          fix: "Write a subnetwork block for each subnet.",
        }),
        forbidden(["subnetwork"], {
          when: { source_subnetwork_ip_ranges_to_nat: [/^ALL_SUBNETWORKS_/] },
          because: "subnets are listed with LIST_OF_SUBNETWORKS only",
          fix: 'Set source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS", or remove the blocks.',
        }),
      ],
    },
  ],
};
