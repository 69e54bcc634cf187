import { describe, expect, test } from "@jest/globals";
import { routeTimeout as rule } from "../../../rules/mesh/route-timeout.ts";
import { checkYaml, virtualService } from "./support.ts";

const timed = (text: string): string =>
  virtualService(
    "web",
    `hosts: ["app.example.com"], http: [{ name: api, ${text}, route: [{ destination: { host: web } }] }]`,
  );

describe("mesh/route-timeout", () => {
  test.each([
    ["exactly all tries", "timeout: 45s, retries: { attempts: 2, perTryTimeout: 15s }"],
    ["mixed units", "timeout: 1m30s, retries: { attempts: 2, perTryTimeout: 30000ms }"],
    ["Istio's default of 2 attempts", "timeout: 3s, retries: { perTryTimeout: 1s }"],
    ["a timeout alone", "timeout: 10s"],
    ["a timeout that is off", "timeout: 0s, retries: { attempts: 3, perTryTimeout: 15s }"],
    ["no retries", "timeout: 10s, retries: { attempts: 0, perTryTimeout: 15s }"],
  ])("holds for %s", async (_, text) => {
    expect(await checkYaml(rule, timed(text))).toEqual([]);
  });

  test.each([
    [
      "timeout: 10s, retries: { attempts: 3, perTryTimeout: 10s }",
      "error",
      "has timeout 10 s and perTryTimeout 10 s; fails at run time: none of its 3 retries can happen.",
    ],
    [
      "timeout: 61s, retries: { attempts: 2, perTryTimeout: 20s }",
      "warning",
      "has timeout 61 s; fails at run time: 1 + 2 attempts of 20 s end after 60 s, and the rest is never used.",
    ],
    [
      "timeout: 59s, retries: { attempts: 2, perTryTimeout: 20s }",
      "warning",
      "has timeout 59 s; fails at run time: 1 + 2 attempts of 20 s take 60 s, and the last ones are cut off.",
    ],
    ["timeout: 10", "error", 'has timeout "10"; rejected by the API'],
    ["retries: { attempts: 2, perTryTimeout: 0s }", "error", 'has retries.perTryTimeout "0s"'],
  ])("reports %s", async (text, severity, message) => {
    const found = await checkYaml(rule, timed(text));
    expect(found.map((each) => each.severity)).toEqual([severity]);
    expect(found[0]?.message).toContain(`app/web: route api ${message}`);
  });
});

test("mesh/route-timeout finds negative retries", async () => {
  const yaml = virtualService(
    "web",
    "hosts: [app.example.com], http: [{ retries: { attempts: -1 }, route: [{ destination: { host: web } }] }]",
  );
  expect(await checkYaml(rule, yaml)).toMatchObject([
    {
      severity: "error",
      message: "app/web: route 1 has retries.attempts -1; rejected by the API: it must be 0 or more.",
    },
  ]);
});
