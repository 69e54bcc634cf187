import { describe, expect, test } from "@jest/globals";
import { parseMeshEnvironment } from "../../platform/environment.ts";
import { routeTimes } from "../../platform/mesh-plan.ts";
import { type Draft, meshEnvironment, meshIssues, TODAY } from "../support/environments.ts";

const FIRST = "mesh.hosts[0]";

describe("an environment behind Istio", () => {
  test("is accepted as it stands, with its defaults", () => {
    const { mesh, deadlines, prefix } = meshEnvironment();
    expect(prefix).toBe("meta");
    expect(mesh.gateway).toEqual({
      name: "meta-studio-ad-studio-app-spa-gateway",
      selector: { istio: "ingressgateway" },
      namespace: "istio-system",
    });
    expect(deadlines).toEqual({ connect: 5, tryTimeout: 15, retries: 2 });
    expect(mesh.hosts[0]).toMatchObject({ redirect: true, latencyPath: "/" });
  });

  test("a route's timeout is no number of its own: it is all its tries", () => {
    const environment = meshEnvironment((draft) => {
      draft.mesh.hosts[0].routes[0].tryTimeout = 20;
    });
    expect(environment.mesh.hosts[0]?.routes.map((route) => routeTimes(environment, route).timeout)).toEqual([
      60, 45,
    ]);
  });

  test.each<[string, (draft: Draft) => void, string]>([
    [
      "a broader route first",
      ({ mesh }) => mesh.hosts[0].routes.reverse(),
      `${FIRST}.routes.api.prefix is "/api": route "app" before it matches everything under "/", so that this one never matches. Fix: move it before route "app".`,
    ],
    [
      "no route for the rest",
      ({ mesh }) => mesh.hosts[0].routes.pop(),
      `${FIRST}.routes.api.prefix is "/api": no route of ad-studio-app.us-central1.meta-studio.com matches all other paths, so that they get 404. Fix: end with a route of prefix "/".`,
    ],
    [
      "a service that is not declared",
      ({ mesh }) => {
        mesh.hosts[0].routes[0].service = "api-servr";
      },
      `${FIRST}.routes.api.service is "api-servr": a route needs a service of mesh.services. Fix: did you mean "api-server"?`,
    ],
    [
      "a prefix that ends in a slash",
      ({ mesh }) => {
        mesh.hosts[0].routes[0].prefix = "/api/";
      },
      `${FIRST}.routes.api.prefix is "/api/": a prefix has no trailing /, and matches the paths below it. Fix: write "/api".`,
    ],
    [
      "one try as long as its connection",
      ({ mesh }) => {
        mesh.hosts[0].routes[0].tryTimeout = 5;
      },
      `${FIRST}.routes.api.tryTimeout is 5 s: one attempt must be longer than the 5 s of its connection (deadlines.connect). Fix: raise tryTimeout or lower deadlines.connect.`,
    ],
    [
      "one try shorter than the objective",
      (draft) => {
        draft.objectives.latency = 20;
      },
      "deadlines.tryTimeout is 15 s: one attempt must be at least the 20 s of the latency objective. Fix: raise tryTimeout or lower objectives.latency.",
    ],
    [
      "the host twice",
      ({ mesh }) => mesh.hosts.push(structuredClone(mesh.hosts[0])),
      'mesh.hosts[1].host is "ad-studio-app.us-central1.meta-studio.com": mesh.hosts[0] has this host already. Fix: keep one of them.',
    ],
    [
      "no host",
      ({ mesh }) => {
        mesh.hosts = [];
      },
      "mesh.hosts is []: a gateway without a host matches no request. Fix: add a host.",
    ],
    [
      "a latency test that no route answers",
      ({ mesh }) => {
        mesh.hosts[0].routes.pop();
      },
      `${FIRST}.latencyPath is "/": no route of the host matches this path, so that the latency test would measure 404s. Fix: write a path that a route matches.`,
    ],
    [
      "the file's name as prefix",
      (draft) => {
        draft.prefix = undefined;
      },
      `prefix is "meta-studio": names start with 1 to 9 lower-case letters and digits, a letter first (without prefix the file's name is taken). Fix: write for example prefix: "meta".`,
    ],
    [
      "a wrong word",
      ({ mesh }) => {
        mesh.gatway = mesh.gateway;
      },
      'mesh.gatway is {"name":"meta-studio-ad-studio-app-spa-gateway"}: "gatway" is not a known key. Fix: did you mean "gateway"?',
    ],
    [
      "labels that Kubernetes refuses",
      ({ mesh }) => {
        mesh.services[0].pods = { "-app": "x" };
      },
      'mesh.services.api-server.pods is {"-app":"x"}: allowed are one to 16 labels of pods. Fix: write for example { app: "api-server" }.',
    ],
    [
      "no pods",
      ({ mesh }) => {
        mesh.services[0].pods = {};
      },
      'mesh.services.api-server.pods is {}: allowed are one to 16 labels of pods. Fix: write for example { app: "api-server" }.',
    ],
  ])("refuses %s", (_, change, message) => {
    expect(meshIssues(change)).toContain(message);
  });

  test("two issuers of one Secret are refused", () => {
    expect(
      meshIssues(({ mesh }) => {
        mesh.hosts[0].tls.issuer = { name: "letsencrypt" };
        const tls = { secret: mesh.hosts[0].tls.secret, issuer: { name: "internal", kind: "Issuer" } };
        mesh.hosts.push({ ...mesh.hosts[0], host: "www.meta-studio.com", tls });
      }),
    ).toEqual([
      expect.stringContaining(
        'Secret "ad-studio-app-tls" is issued by ClusterIssuer "letsencrypt" already, and www.meta-studio.com shares it',
      ),
    ]);
  });

  test("/apis is no part of /api: such routes may stand in any order", () => {
    expect(
      meshIssues(({ mesh }) =>
        mesh.hosts[0].routes.splice(1, 0, { name: "apis", prefix: "/apis", service: "api-server" }),
      ),
    ).toEqual([]);
  });

  test("all mistakes come together", () => {
    const all = meshIssues((draft) => {
      draft.mesh.cluster = "Meta Studio";
      draft.mesh.hosts[0].routes[0].service = "nobody";
      draft.deadlines = { connect: 0 };
    });
    expect(all.map((line) => line.split(" ")[0])).toEqual([
      "mesh.cluster",
      "deadlines.connect",
      "mesh.hosts[0].routes.api.service",
    ]);
  });

  test("something else than a group of values is reported with the form to write", () => {
    const parsed = parseMeshEnvironment("other", { mesh: "yes" }, TODAY);
    const mesh = parsed.ok ? undefined : parsed.issues.find(({ path }) => path === "mesh");
    expect(mesh).toMatchObject({
      value: '"yes"',
      fix: "write it in the form { cluster: ..., namespace: ..., gateway: ..., services: ..., hosts: ... }",
    });
  });
});
