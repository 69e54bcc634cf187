import { expect, test } from "@jest/globals";
import { changedShape } from "../support/changed-shape.ts";
import { type Json, resource, resources, synthesized } from "../support/synthesized.ts";

const stacks = synthesized(changedShape("grpc").environment());
const containerOf = (service: string): Json =>
  resource(stacks[`grpc-service-${service}`], "google_cloud_run_v2_service").template.containers[0];

test("the port of a service of HTTP/2 is h2c, and its probes ask what it answers", () => {
  const asked = (service: string): unknown => {
    const { ports, startup_probe, liveness_probe } = containerOf(service);
    const call = ({ http_get, grpc, tcp_socket }: Json = {}) => http_get ?? grpc ?? tcp_socket;
    return [ports.name, call(startup_probe), call(liveness_probe)];
  };
  expect(asked("orders")).toEqual(["h2c", { port: 8080, service: "acme.orders.v1.Orders" }, { port: 8080 }]);
  expect(asked("prices")).toEqual(["h2c", { port: 8080 }, { port: 8080 }]);
  expect(asked("web")).toEqual(["h2c", { port: 8080 }, { path: "/alive", port: 8081 }]);
  expect(containerOf("web").startup_probe.tcp_socket).toEqual({ port: 8080 });
});

test("a service of h2c alone has no liveness probe", () => {
  const json = synthesized(
    changedShape("grpc").environment((draft) => {
      draft.services[2].livenessProbe = {};
    }),
  );
  const [container] = resource(json["grpc-service-web"], "google_cloud_run_v2_service").template.containers;
  expect(container.liveness_probe).toBeUndefined();
});

test("the load balancer calls it by HTTP/2", () => {
  const backends = resources(stacks["grpc-edge"], "google_compute_backend_service");
  expect(backends.map(({ name, protocol }) => [name, protocol]).sort()).toEqual([
    ["grpc-edge-orders", "HTTP2"],
    ["grpc-edge-web", "HTTP2"],
  ]);
  const before = synthesized(changedShape("public").environment())["public-edge"];
  expect(resource(before, "google_compute_backend_service").protocol).toBe("HTTPS");
});

test("readiness by gRPC", () => {
  const json = synthesized(
    changedShape("grpc").environment((draft) => {
      draft.provider = "8";
      draft.services[0].readinessProbe = { grpcService: "acme.orders.v1.Orders" };
    }),
  );
  const [container] = resource(json["grpc-service-orders"], "google_cloud_run_v2_service").template
    .containers;
  expect(container.readiness_probe).toMatchObject({ grpc: { port: 8080, service: "acme.orders.v1.Orders" } });
});
