import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

interface Given {
  readonly rules?: Record<string, object>;
  readonly proxies?: object;
  readonly scheme?: string;
}
const CHECKERS = ["130.211.0.0/22", "35.191.0.0/16"];
const network = "${google_compute_network.main.id}";
const allow = (sources: readonly string[], ports: readonly string[], more: object = {}) => ({
  name: "in",
  network,
  source_ranges: sources,
  allow: [{ protocol: "tcp", ports }],
  ...more,
});
const reported = ({ rules = {}, proxies = {}, scheme = "INTERNAL_MANAGED" }: Given) =>
  check(ruleById("reachability/proxy-source"), {
    google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
    google_compute_subnetwork: {
      main: { name: "main", network, region: "europe-west1", ip_cidr_range: "10.10.0.0/24" },
      proxies: {
        name: "proxies",
        network,
        region: "europe-west1",
        ip_cidr_range: "10.20.0.0/23",
        purpose: "REGIONAL_MANAGED_PROXY",
        role: "ACTIVE",
        ...proxies,
      },
    },
    google_compute_instance_template: {
      web: {
        name: "web",
        tags: ["web"],
        network_interface: [{ subnetwork: "${google_compute_subnetwork.main.id}" }],
      },
    },
    google_compute_region_instance_group_manager: {
      web: {
        name: "web",
        region: "europe-west1",
        version: [{ instance_template: "${google_compute_instance_template.web.id}" }],
        named_port: [{ name: "http", port: 8080 }],
      },
    },
    google_compute_region_backend_service: {
      web: {
        name: "web",
        region: "europe-west1",
        port_name: "http",
        load_balancing_scheme: scheme,
        backend: [{ group: "${google_compute_region_instance_group_manager.web.instance_group}" }],
      },
    },
    google_compute_firewall: rules,
  }).map(({ severity, address, message }) => `${severity} ${address}: ${message}`);

const WITHOUT =
  'google_compute_region_backend_service.web: no ingress rule of network "main" allows 10.20.0.0/23 of the proxy-only subnet google_compute_subnetwork.proxies to port 8080 of the VMs of google_compute_region_instance_group_manager.web, to which google_compute_region_backend_service.web sends requests; fails at run time: every request times out.';

test("rules that let the proxies in, in whatever way, keep nothing out", () => {
  for (const rule of [
    allow(["10.20.0.0/23"], ["8080"]),
    allow([...CHECKERS, "${google_compute_subnetwork.proxies.ip_cidr_range}"], ["8000-9000"]),
    allow(["10.0.0.0/8"], ["8080"], { target_tags: ["web"] }),
    allow(["${var.range}"], ["8080"]),
  ])
    expect(reported({ rules: { rule } })).toEqual([]);
});

test("health checkers alone are let in", () => {
  expect(reported({ rules: { rule: allow(CHECKERS, ["8080"]) } })).toEqual([`error ${WITHOUT}`]);
  const rules = { checks: allow(CHECKERS, ["8080"]), proxies: allow(["10.20.0.0/23"], ["80"]) };
  expect(reported({ rules, scheme: "EXTERNAL_MANAGED" })).toEqual([`error ${WITHOUT}`]);
});

test("a rule that denies is named, and without any rule another configuration may have it", () => {
  const deny = {
    name: "deny",
    network,
    priority: 900,
    source_ranges: ["10.0.0.0/8"],
    deny: [{ protocol: "tcp" }],
  };
  expect(reported({ rules: { deny, rule: allow(["10.20.0.0/23"], ["8080"]) } })).toEqual([
    expect.stringMatching(
      /^error google_compute_firewall.deny: it denies 10\.20\.0\.0\/23 of the proxy-only/,
    ),
  ]);
  expect(reported({})).toEqual([`warning ${WITHOUT}`]);
});

test("passthrough load balancers have no proxies, and other subnets none that are active", () => {
  const rules = { rule: allow(CHECKERS, ["8080"]) };
  expect(reported({ rules, scheme: "INTERNAL" })).toEqual([]);
  for (const proxies of [{ region: "europe-west4" }, { role: "BACKUP" }, { ip_cidr_range: "${var.range}" }])
    expect(reported({ rules, proxies })).toEqual([]);
});
