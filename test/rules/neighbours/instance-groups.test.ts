import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, said } from "./support.ts";

function backend(change: {
  readonly service?: object;
  readonly manager?: object;
  readonly firewall?: object | null;
  readonly template?: object;
}): Resources {
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      main: { name: "main", network: NETWORK, region: "europe-west1", ip_cidr_range: "10.10.0.0/24" },
    },
    google_compute_instance_template: {
      web: {
        name: "web",
        machine_type: "e2-small",
        tags: ["web"],
        disk: { source_image: "debian-cloud/debian-12" },
        network_interface: { subnetwork: "${google_compute_subnetwork.main.id}" },
        ...change.template,
      },
    },
    google_compute_region_instance_group_manager: {
      web: {
        name: "web",
        region: "europe-west1",
        base_instance_name: "web",
        target_size: 2,
        version: { instance_template: "${google_compute_instance_template.web.id}" },
        named_port: { name: "http", port: 8080 },
        ...change.manager,
      },
    },
    google_compute_health_check: { web: { name: "web", http_health_check: { port: 8080 } } },
    ...(change.firewall !== null && {
      google_compute_firewall: {
        web: {
          name: "web",
          network: NETWORK,
          source_ranges: ["130.211.0.0/22", "35.191.0.0/16"],
          target_tags: ["web"],
          allow: { protocol: "tcp", ports: ["8080"] },
          ...change.firewall,
        },
      },
    }),
    google_compute_backend_service: {
      web: {
        name: "web",
        protocol: "HTTP",
        port_name: "http",
        load_balancing_scheme: "EXTERNAL_MANAGED",
        health_checks: ["${google_compute_health_check.web.id}"],
        backend: { group: "${google_compute_region_instance_group_manager.web.instance_group}" },
        ...change.service,
      },
    },
  };
}

/** The kind: VMs behind a load balancer that its health checkers or its requests do not reach. */
describe("instance groups behind a load balancer", () => {
  test("hold where port, name, tag and source fit", () => {
    expect(said(backend({}))).toEqual([]);
    expect(said(backend({ firewall: { allow: { protocol: "all" }, target_tags: undefined } }))).toEqual([]);
  });

  test.each([
    [
      { firewall: { allow: { protocol: "tcp", ports: ["80"] } } },
      /^reachability\/health-check-source google_compute_backend_service.web: no ingress rule of network "main" allows 130.211.0.0\/22 to port 8080/,
    ],
    [{ firewall: { target_tags: ["api"] } }, /^reachability\/health-check-source /],
    [{ firewall: { source_ranges: ["130.211.0.0/22"] } }, /allows 35.191.0.0\/16 to port 8080/],
    [{ firewall: null }, /^reachability\/health-check-source /],
    [
      { service: { port_name: "web" } },
      /^edge\/named-port google_compute_backend_service.web: port_name is "web", and google_compute_region_instance_group_manager.web has named_port "http"/,
    ],
    [{ manager: { named_port: undefined } }, /^edge\/named-port .* has no named_port/],
  ])("are refused otherwise (%#)", (change, line) => {
    const [first = "", ...more] = said(backend(change));
    expect(first).toMatch(line);
    expect(more).toEqual([]);
  });
});

/** The kind: parts of one regional load balancer in two regions. */
test("the parts of a regional load balancer are in one region", () => {
  const balancer = (region: string): Resources => ({
    google_compute_region_backend_service: {
      web: { name: "web", region, protocol: "HTTP", load_balancing_scheme: "INTERNAL_MANAGED" },
    },
    google_compute_region_url_map: {
      web: {
        name: "web",
        region: "europe-west1",
        default_service: "${google_compute_region_backend_service.web.id}",
      },
    },
  });
  const reach = (region: string) => said(balancer(region)).filter((line) => line.startsWith("edge/reach "));
  expect(reach("europe-west1")).toEqual([]);
  expect(reach("europe-west4")).toEqual([
    "edge/reach google_compute_region_url_map.web: it is in europe-west1, and a route is google_compute_region_backend_service.web in europe-west4; rejected by the API: the parts of a regional load balancer are in one region.",
  ]);
});
