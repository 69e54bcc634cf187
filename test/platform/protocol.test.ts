import { describe, expect, test } from "@jest/globals";
import type { Service } from "../../platform/schema/environment.ts";
import { probeText } from "../../platform/workloads/container-probe.ts";
import { livenessProbe, readinessProbe, startupProbe } from "../../platform/workloads/probes.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** `orders`, public, and `prices`, internal, speak gRPC; `web` speaks h2c, and answers HTTP/1 at 8081. */
const { plan, issues } = changedShape("grpc");

const asked = (service: Service): unknown => {
  const [started, alive, ready] = [
    startupProbe(plan().deadlines, service),
    livenessProbe(service),
    readinessProbe(service),
  ];
  return [started, alive, ready].map((probe) => probe && probeText(probe));
};
const of = (more: object): Service => {
  const [service] = changedShape("alone").plan((draft) => {
    draft.provider = "8";
    Object.assign(draft.services[0], more);
  }).services;
  return service as Service;
};

describe("probes ask what the container speaks", () => {
  test.each<[what: string, more: object, expected: unknown]>([
    ["HTTP/1", { readinessProbe: {} }, ["/health", "/health", "/health"]],
    [
      "HTTP/1 at a port of its own",
      { startupProbe: { port: 8081 } },
      ["/health at port 8081", "/health", undefined],
    ],
    ["h2c alone: the port is opened", { protocol: "h2c" }, ["its port open", undefined, undefined]],
    [
      "h2c with HTTP/1 at another port",
      { protocol: "h2c", startupProbe: { port: 8081 }, livenessProbe: { port: 8081, path: "/alive" } },
      ["/health at port 8081", "/alive at port 8081", undefined],
    ],
    [
      "h2c with gRPC",
      {
        protocol: "h2c",
        livenessProbe: { grpcService: "" },
        readinessProbe: { grpcService: "acme.Orders", failureThreshold: 2 },
      },
      ["its port open", "gRPC health", "gRPC health of acme.Orders"],
    ],
    [
      "gRPC",
      { protocol: "grpc", startupProbe: { grpcService: "acme.Orders" }, readinessProbe: {} },
      ["gRPC health of acme.Orders", "gRPC health", "gRPC health"],
    ],
  ])("%s", (_, more, expected) => {
    expect(asked(of(more))).toEqual(expected);
  });
});

test("who calls a gRPC server is told so, and nothing calls it by HTTP", () => {
  const subject = plan();
  const web = subject.services.find(({ name }) => name === "web") as Service;
  expect(subject.contract(web)).toContainEqual({
    name: "PRICES_URL",
    from: { value: "https://grpc-prices-123456789012.europe-west1.run.app" },
    meaning:
      "service prices, through the network; the audience of the ID token that each request carries, by gRPC with TLS at port 443",
  });
  // /alive of web is at a port that its host does not lead to.
  expect(subject.uptimeChecks.map(({ service, path }) => [service, path])).toEqual([["web", "/health"]]);
});

describe("what is refused, in one sentence", () => {
  const orders = (draft: Draft) => draft.services[0];
  const web = (draft: Draft) => draft.services[2];
  const byHttp = (why: string) =>
    `services.orders.protocol is "grpc": ${why}, and a server of gRPC alone answers no such request. Fix: write protocol: "h2c" and answer HTTP next to gRPC, with grpcService in its probes, or remove what calls it.`;
  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "WebSockets by HTTP/2",
      (d) => (web(d).webSockets = true),
      'services.web.protocol is "h2c": it has webSockets, which reach a container by HTTP/1 only. Fix: write protocol: "http1", or serve WebSockets from a service of their own.',
    ],
    [
      "gRPC by HTTP/1",
      (d) => {
        web(d).protocol = "http1";
        web(d).startupProbe = { grpcService: "" };
      },
      'services.web.startupProbe.grpcService is "": gRPC takes HTTP/2, and protocol is "http1". Fix: write protocol: "grpc", or "h2c" where the server answers HTTP as well.',
    ],
    [
      "a path that is not asked for",
      (d) => (orders(d).livenessProbe = { path: "/alive" }),
      'services.orders.livenessProbe.path is "/alive": this probe asks by the gRPC health protocol, which has no path. Fix: remove it.',
    ],
    [
      "a path at a port of HTTP/2",
      (d) => (web(d).startupProbe = { path: "/ready" }),
      'services.web.startupProbe.path is "/ready": Cloud Run probes by HTTP/1, and the port of the requests takes HTTP/2 (protocol is "h2c"). Fix: add port, where the container answers HTTP/1, or write grpcService.',
    ],
    [
      "readiness that nothing can be asked for",
      (d) => {
        d.provider = "8";
        web(d).livenessProbe = {};
        web(d).readinessProbe = {};
      },
      'services.web.readinessProbe is set: Cloud Run probes by HTTP/1, and the port of the requests takes HTTP/2 (protocol is "h2c"). Fix: add port, where the container answers HTTP/1, or write grpcService.',
    ],
    [
      "a name that no gRPC service has",
      (d) => (orders(d).startupProbe = { grpcService: "acme/Orders" }),
      'services.orders.startupProbe.grpcService is "acme/Orders": allowed is the full name of a gRPC service, or an empty text for the server as a whole. Fix: write for example "acme.orders.v1.Orders".',
    ],
    [
      "messages to a gRPC server",
      (d) => {
        d.topics = [{ name: "orders" }];
        orders(d).subscriptions = [{ topic: "orders" }];
      },
      byHttp("Pub/Sub sends messages to it as POST requests (subscriptions)"),
    ],
    [
      "a validation of a gRPC server",
      (d) => (d.validation = { endpoints: [{ host: "grpc.acme.example", path: "/health" }] }),
      byHttp("the validation calls https://grpc.acme.example/health"),
    ],
  ])("%s", (_, change, sentence) => {
    expect(issues(change)).toEqual([sentence]);
  });

  test("a rollout of gRPC servers through a gate of HTTP, each of them", () => {
    const found = issues((draft) => (draft.preflight = { image: draft.services[0].image }));
    expect(found).toContain(
      byHttp("the gate of a rollout calls GET /health/infrastructure of it (preflight)"),
    );
    expect(found).toHaveLength(2);
  });
});
