import { describe, expect, test } from "@jest/globals";
import { uptimeHost } from "../../../rules/observability/uptime-host.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";
import { uptime, uptimeAddress } from "./uptime-fixture.ts";

describe("observability/uptime-host", () => {
  const onRun = (ingress: string, path = "/health") =>
    check(
      uptimeHost,
      uptime(
        {
          http_check: { path },
          monitored_resource: {
            type: "uptime_url",
            labels: { host: "$" + '{trimprefix(google_cloud_run_v2_service.api.uri, "https://")}' },
          },
        },
        withService({ service: { ingress } }),
      ),
    );

  test("an open service on run.app holds, one behind the load balancer breaks", () => {
    expect(onRun("INGRESS_TRAFFIC_ALL")).toEqual([]);
    expect(onRun("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toMatchObject([
      {
        severity: "error",
        address: uptimeAddress,
        message:
          "the check requests the run.app address of google_cloud_run_v2_service.api; fails at run time: its ingress is for the load balancer only, so every check gets 404.",
      },
    ]);
  });

  test("/healthz never reaches a container on run.app", () => {
    expect(onRun("INGRESS_TRAFFIC_ALL", "/healthz")).toHaveLength(1);
    const host = { type: "uptime_url", labels: { host: "api-abc-ew.a.run.app" } };
    expect(
      check(uptimeHost, uptime({ http_check: { path: "healthz" }, monitored_resource: host })),
    ).toHaveLength(1);
    expect(check(uptimeHost, uptime({ http_check: { path: "/healthz" } }))).toEqual([]);
  });

  test("a host is a bare name, and one that no certificate names is doubted", () => {
    const host = (name: string) =>
      check(
        uptimeHost,
        uptime(
          { monitored_resource: { type: "uptime_url", labels: { host: name } } },
          {
            google_compute_managed_ssl_certificate: { edge: { managed: { domains: ["api.example.com"] } } },
          },
        ),
      );
    expect(host("api.example.com")).toEqual([]);
    expect(host("api-staging.example.com")).toMatchObject([
      {
        severity: "warning",
        message:
          'host is "api-staging.example.com"; fails at run time unless it is served elsewhere: the certificates here are for api.example.com.',
      },
    ]);
    expect(host("https://api.example.com")).toMatchObject([
      {
        severity: "error",
        message:
          'host is "https://api.example.com"; fails at run time: a host has neither scheme, port nor path.',
      },
    ]);
  });

  test("a run.app address written by hand is that of its service", () => {
    const monitored = { type: "uptime_url", labels: { host: "api-a1b2c3d4e5-ew.a.run.app" } };
    const found = (ingress: string) =>
      check(uptimeHost, withService({ service: { ingress } }, uptime({ monitored_resource: monitored })));
    expect(found("INGRESS_TRAFFIC_ALL")).toEqual([]);
    expect(found("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toMatchObject([{ severity: "error" }]);
  });
});
