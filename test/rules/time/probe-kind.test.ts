import { describe, expect, test } from "@jest/globals";
import { probeKind } from "../../../rules/time/probe-kind.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const said = (container: { readonly [key: string]: unknown }) => check(probeKind, withService({ container }));

describe("time/probe-kind", () => {
  test("one way to ask holds, an empty block included", () => {
    expect(said({ startup_probe: { tcp_socket: {} }, liveness_probe: { http_get: {} } })).toEqual([]);
    expect(said({ startup_probe: [{ grpc: [], http_get: [{}], tcp_socket: [] }] })).toEqual([]);
  });

  test("two ways are refused", () => {
    expect(said({ startup_probe: { http_get: {}, tcp_socket: {} } })).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "the startup probe asks by http_get and tcp_socket; rejected by the API: a probe has exactly one of them.",
      },
    ]);
  });

  test("none is refused", () => {
    expect(said({ startup_probe: { period_seconds: 10 } })).toMatchObject([{ severity: "error" }]);
  });

  test("a liveness probe by TCP is refused", () => {
    expect(said({ liveness_probe: { tcp_socket: { port: 8080 } } }).map(({ message }) => message)).toEqual([
      "the liveness probe is a tcp_socket; rejected by the API: Cloud Run takes http_get and grpc there.",
    ]);
  });

  test("an HTTP probe of an h2c port is advice", () => {
    expect(said({ ports: { name: "h2c" }, startup_probe: { http_get: {} } })).toMatchObject([
      { severity: "warning" },
    ]);
  });
});
