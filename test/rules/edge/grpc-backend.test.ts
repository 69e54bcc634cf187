import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const grpc = { ports: { name: "h2c", container_port: 8080 }, startup_probe: { grpc: { port: 8080 } } };

/** The findings of a load balancer in front of a service with these containers. */
function reported(backend: object, containers: object | readonly object[] = grpc): unknown[] {
  return [
    ...check(ruleById("edge/grpc-backend"), {
      google_cloud_run_v2_service: {
        orders: { name: "orders", location: "europe-west1", template: { containers } },
      },
      google_compute_region_network_endpoint_group: {
        orders: {
          region: "europe-west1",
          cloud_run: { service: "${google_cloud_run_v2_service.orders.name}" },
        },
      },
      google_compute_backend_service: {
        orders: {
          load_balancing_scheme: "EXTERNAL_MANAGED",
          backend: { group: "${google_compute_region_network_endpoint_group.orders.id}" },
          ...backend,
        },
      },
    }),
  ];
}

test("HTTP/2 leads to a gRPC server", () => {
  expect(reported({ protocol: "HTTP2" })).toEqual([]);
});

test.each([
  [{ protocol: "HTTPS" }, "protocol is HTTPS in front of"],
  [{ protocol: "HTTP" }, "protocol is HTTP in front of"],
  [{}, "protocol is HTTP by default in front of"],
])("HTTP/1 does not: %j", (backend, begins) => {
  expect(reported(backend)).toMatchObject([
    {
      severity: "warning",
      address: "google_compute_backend_service.orders",
      message: `${begins} google_cloud_run_v2_service.orders, a gRPC server; fails at run time: its requests do not reach the server by HTTP/2.`,
    },
  ]);
});

describe("nothing is reported", () => {
  test.each<[string, object, object | readonly object[]]>([
    ["of a server of HTTP/1", { protocol: "HTTPS" }, {}],
    ["of h2c, which may be no gRPC", { protocol: "HTTPS" }, { ports: grpc.ports }],
    [
      "of a sidecar of gRPC",
      { protocol: "HTTPS" },
      [{ ports: { container_port: 8080 } }, { startup_probe: grpc.startup_probe }],
    ],
    ["of a protocol that is not known", { protocol: "${var.protocol}" }, grpc],
  ])("%s", (_, backend, containers) => {
    expect(reported(backend, containers)).toEqual([]);
  });
});
