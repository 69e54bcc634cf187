import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

interface Setting {
  readonly nat?: object;
  readonly max?: unknown;
  readonly egress?: string;
}

function said({ nat = {}, max = 7, egress = "ALL_TRAFFIC" }: Setting) {
  return check(ruleById("capacity/nat-capacity"), {
    google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
    google_compute_subnetwork: {
      run: {
        name: "run",
        region: "europe-west1",
        network: "${google_compute_network.main.id}",
        ip_cidr_range: "10.8.0.0/22",
      },
    },
    google_compute_router: {
      main: { name: "main", region: "europe-west1", network: "${google_compute_network.main.id}" },
    },
    google_compute_router_nat: {
      main: {
        name: "main",
        router: "${google_compute_router.main.name}",
        region: "europe-west1",
        nat_ip_allocate_option: "MANUAL_ONLY",
        nat_ips: ["${google_compute_address.nat.self_link}"],
        source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
        min_ports_per_vm: 4096,
        ...nat,
      },
    },
    google_cloud_run_v2_service: {
      api: service({
        template: {
          scaling: { max_instance_count: max },
          vpc_access: {
            egress,
            network_interfaces: {
              network: "${google_compute_network.main.id}",
              subnetwork: "${google_compute_subnetwork.run.id}",
            },
          },
        },
      }),
    },
  }).map(({ severity, address, message }) => `${severity} ${address}: ${message}`);
}

test("exactly as many instances as have ports pass, one more does not", () => {
  // 64,512 / 4,096 is 15 and a rest.
  expect(said({ max: 7 })).toEqual([]);
  const [first] = said({ max: 8 });
  expect(first).toBe(
    "error google_compute_router_nat.main: at full scale during a rollout 16 instances go out through google_compute_router_nat.main: google_cloud_run_v2_service.api 16 (8 instances x 2 revisions x 1); 1 address at 4096 ports for each instance are enough for 15; fails at run time: the others reach nothing on the internet.",
  );
  expect(said({ max: 15, nat: { nat_ips: ["a", "b"] } })).toEqual([]);
  expect(said({ max: 16, nat: { nat_ips: ["a", "b"] } })).not.toEqual([]);
});

test("the default of 64 ports, addresses on demand, dynamic ports and private ranges have room", () => {
  expect(said({ max: 400, nat: { min_ports_per_vm: undefined } })).toEqual([]);
  expect(said({ max: 400, nat: { nat_ip_allocate_option: "AUTO_ONLY", nat_ips: undefined } })).toEqual([]);
  expect(said({ max: 400, nat: { enable_dynamic_port_allocation: true } })).toEqual([]);
  expect(said({ max: 400, nat: { nat_ips: "${var.addresses}" } })).toEqual([]);
  expect(said({ max: 400, nat: { region: "europe-west4" } })).toEqual([]);
  expect(said({ max: 400, egress: "PRIVATE_RANGES_ONLY" })).toEqual([]);
});
