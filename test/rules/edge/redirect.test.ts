import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const redirect = ruleById("edge/redirect");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/redirect", () => {
  test("a redirect map on the HTTP proxy passes", () => {
    expect(check(redirect, edge())).toEqual([]);
  });

  test("strip_query is required", () => {
    const resources = edge({ redirectMap: { default_url_redirect: { https_redirect: true } } });
    expect(check(redirect, resources)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_url_map.redirect",
        message: "default_url_redirect.strip_query is not set; rejected at plan: the provider requires it.",
      },
    ]);
  });

  test("on the HTTPS proxy it loops: the proxy took the wrong map, or the map is wrong", () => {
    const wrongMap = edge({ httpsProxy: { url_map: ref("google_compute_url_map.redirect.id") } });
    expect(check(redirect, wrongMap)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_target_https_proxy.edge",
        message:
          "url_map of google_compute_target_https_proxy.edge is google_compute_url_map.redirect, which redirects to HTTPS; fails at run time: every request to an HTTPS proxy is redirected to itself.",
      },
    ]);
    const wrongRedirect = edge({
      urlMap: {
        default_service: undefined,
        default_url_redirect: { https_redirect: true, strip_query: false },
      },
    });
    expect(check(redirect, wrongRedirect)).toMatchObject([
      { severity: "error", address: "google_compute_url_map.edge" },
    ]);
  });

  test("to another host or path it ends there", () => {
    for (const elsewhere of [{ host_redirect: "www.example.com" }, { path_redirect: "/new" }]) {
      const resources = edge({
        urlMap: {
          default_service: undefined,
          default_url_redirect: { https_redirect: true, strip_query: false, ...elsewhere },
        },
      });
      expect(check(redirect, resources)).toEqual([]);
    }
  });

  test("a redirect next to a default service is rejected", () => {
    const resources = edge({
      redirectMap: { default_service: ref("google_compute_backend_service.api.id") },
    });
    expect(check(redirect, resources)).toMatchObject([
      { severity: "error", address: "google_compute_url_map.redirect" },
    ]);
  });

  test("plain HTTP to a service is a warning", () => {
    const resources = edge({ httpProxy: { url_map: ref("google_compute_url_map.edge.id") } });
    expect(check(redirect, resources)).toMatchObject([
      { severity: "warning", address: "google_compute_global_forwarding_rule.http" },
    ]);
  });

  test("a redirect that changes nothing leads to itself", () => {
    expect(
      errors(redirect, {
        redirectMap: { default_url_redirect: { https_redirect: false, strip_query: false } },
      }),
    ).toEqual([
      "google_compute_url_map.redirect: default_url_redirect.https_redirect is false, host_redirect is not set, path_redirect is not set and prefix_redirect is not set; fails at run time: every request is redirected to itself.",
    ]);
    expect(
      errors(redirect, {
        redirectMap: { default_url_redirect: { https_redirect: ref("var.https"), strip_query: false } },
      }),
    ).toEqual([]);
  });

  test("its response code is one of five", () => {
    const code = (redirect_response_code: string) => ({
      redirectMap: {
        default_url_redirect: { https_redirect: true, strip_query: false, redirect_response_code },
      },
    });
    expect(errors(redirect, code("FOUND"))).toEqual([]);
    expect(errors(redirect, code("301"))).toHaveLength(1);
  });
});
