import { describe, expect, test } from "@jest/globals";
import { networkName } from "../../../rules/address/name.ts";
import { proxyOnly } from "../../../rules/address/proxy-only.ts";
import { secondaryRange } from "../../../rules/address/secondary-range.ts";
import { check } from "../support.ts";

const network = { main: { name: "main", auto_create_subnetworks: false } };

describe("address/name", () => {
  const named = (name: string) =>
    check(networkName, { google_compute_network: { main: { name } } }, { variable: { prefix: {} } });

  test("63 characters hold, and what is not known of a name is not judged", () => {
    expect([
      ...named(`a${"b".repeat(62)}`),
      ...named("${var.prefix}-network"),
      ...named("${var.prefix}"),
      // A template whose last part was left out.
      ...named("network-"),
      ...["$${NAME}", "$NAME", "{{ .Values.name }}", "<name>", "%NAME%", "__NAME__"].flatMap(named),
    ]).toEqual([]);
  });

  test.each([
    [
      "Staging_VPC",
      'the name "Staging_VPC" is not made of lowercase letters, digits and hyphens, a letter first; rejected by the API: invalid name.',
    ],
    ["BAD!NAME", 'the name "BAD!NAME" is not made of lowercase letters'],
    ["bad?name", 'the name "bad?name" is not made of lowercase letters'],
    [`a${"b".repeat(63)}`, "has 64 characters, above 63; rejected by the API: invalid name."],
    [
      "${var.prefix}_network",
      'the name "_network" is not made of lowercase letters, digits and hyphens, a letter first; rejected by the API: invalid name.',
    ],
    [`\${var.prefix}-${"b".repeat(63)}`, "has at least 64 characters, above 63"],
  ])("%s is refused", (name, message) => {
    expect(named(name)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_network.main",
        message: expect.stringContaining(message),
      },
    ]);
  });
});

describe("address/proxy-only", () => {
  const proxies = (role: string, region = "europe-west1") => {
    const subnet = { network: "${google_compute_network.main.id}", purpose: "REGIONAL_MANAGED_PROXY" };
    return check(proxyOnly, {
      google_compute_network: network,
      google_compute_subnetwork: {
        first: { ...subnet, name: "first", ip_cidr_range: "10.9.0.0/24", role: "ACTIVE" },
        second: { ...subnet, name: "second", ip_cidr_range: "10.9.1.0/24", role, region },
      },
    });
  };

  test("a backup, or another region, holds", () => {
    expect([...proxies("BACKUP"), ...proxies("ACTIVE", "us-east1")]).toEqual([]);
  });

  test("two active ones are refused, at both", () => {
    expect(proxies("ACTIVE")).toMatchObject([
      {
        severity: "error",
        address: "google_compute_subnetwork.second",
        message:
          "it is an active REGIONAL_MANAGED_PROXY subnet in europe-west1, and so is google_compute_subnetwork.first of the same network; rejected by the API: only one may be active.",
      },
      { severity: "error", address: "google_compute_subnetwork.first" },
    ]);
  });
});

describe("address/secondary-range", () => {
  const ranges = (...names: string[]) =>
    check(secondaryRange, {
      google_compute_subnetwork: {
        app: {
          name: "app",
          network: "main",
          ip_cidr_range: "10.1.0.0/24",
          secondary_ip_range: names.map((range_name, index) => ({
            range_name,
            ip_cidr_range: `10.${64 + index}.0.0/16`,
          })),
        },
      },
    });

  test("a name holds once and is refused twice", () => {
    expect(ranges("pods", "services")).toEqual([]);
    expect(ranges("pods", "pods")).toMatchObject([
      {
        severity: "error",
        address: "google_compute_subnetwork.app",
        message:
          'two secondary ranges are named "pods"; rejected by the API: range_name is unique in a subnet.',
      },
    ]);
  });
});
