import { describe, expect, test } from "@jest/globals";
import { environmentReport } from "../../commands/synth/report.ts";
import { barePaths, serviceAt } from "../../platform/edge/routes.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { type Json, resources, synthesized } from "../support/synthesized.ts";

const { plan, environment, issues } = changedShape("paths");
const whole = plan();
const HOST = "www.acme.example";

describe("a service behind a path that it does not know", () => {
  test("gets the path without it, the path alone included", () => {
    const [map] = resources(synthesized(environment())["paths-edge"], "google_compute_url_map").filter(
      ({ path_matcher }) => path_matcher !== undefined,
    );
    const rules = map?.path_matcher[0].path_rule.map(({ paths, route_action }: Json) => [
      paths,
      route_action?.url_rewrite.path_prefix_rewrite,
    ]);
    expect(rules).toEqual([
      [["/api", "/api/*"], "/"],
      [["/api/prices", "/api/prices/*"], "/v2/"],
      [["/login/*"], undefined],
      [["/manual", "/manual/*"], "/"],
    ]);
    expect(
      ["/api", "/api/", "/api/7", "/api/prices", "/apis"].map((path) =>
        serviceAt(whole.hostPlan, HOST, path),
      ),
    ).toEqual(["orders", "orders", "orders", "prices", "web"]);
  });

  test("leaves a path alone that another has", () => {
    const { hostPlan } = plan((draft: Draft) => {
      draft.services[0].exposure[0].paths = ["/*", "/api"];
    });
    expect(hostPlan[0]?.paths.map(({ paths }) => paths)).toContainEqual(["/api/*"]);
    expect(serviceAt(hostPlan, HOST, "/api")).toBe("web");
  });

  test("is called and checked from outside at the path, and as it knows it", () => {
    const url = whole.contract(whole.services[0] as never).find(({ name }) => name === "ORDERS_URL");
    expect(url?.from).toEqual({ value: `https://${HOST}/api` });
    expect(whole.uptimeChecks.map(({ service, path }) => [service, path])).toEqual([
      ["web", "/health"],
      ["orders", "/api/health"],
      // As /v2/health: its liveness probe, /health, is not below /v2/.
      ["prices", "/api/prices/health"],
      ["login", "/login/health"],
    ]);
  });

  test("needs a path to replace, and a path in its place", () => {
    expect(
      issues((draft: Draft) => {
        draft.services[1].exposure[0].rewrite = "v1";
        draft.services[0].exposure[0].rewrite = "/";
      }),
    ).toEqual([
      'services.orders.exposure[0].rewrite is "v1": allowed is a path that begins and ends with /. Fix: write for example "/", or "/v1/".',
      'services.web.exposure[0].rewrite is "/": paths has "/*", of which nothing is left to replace. Fix: remove it, or write a narrower path like "/api/*".',
    ]);
  });
});

test("a path without its slash that another target answers is told", () => {
  expect(barePaths(whole.hostPlan).map(({ path, target }) => [path, target])).toEqual([
    ["/login", { service: "web" }],
  ]);
  const lines = environmentReport(whole, []).join("\n");
  expect(lines).toContain(
    'www.acme.example/login leads to web,\n      not to login: "/login/*" begins after its slash\n      (add "/login" to its paths where both are meant)',
  );
  const told = plan((draft: Draft) => {
    draft.services[3].exposure[0].paths = ["/login", "/login/*"];
  });
  expect(barePaths(told.hostPlan)).toEqual([]);
});
