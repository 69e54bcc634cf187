import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { firewallEgress } from "../../../rules/reachability/firewall-egress.ts";
import { firewallIngress } from "../../../rules/reachability/firewall-ingress.ts";
import { type Body, saidOf, verdictsOf } from "../platform.ts";

const DENY = "google_compute_firewall.deny";
const REDIS = "google_compute_firewall.redis";

describe("reachability/firewall-egress", () => {
  const redis = (values: Body) => saidOf(firewallEgress, (parts) => parts.set(REDIS, values));

  test("refuses a deny rule before which nothing allows the port", () => {
    const said = saidOf(firewallEgress, (parts) => parts.remove(REDIS));
    expect(said).toMatchObject([
      { severity: "error", address: DENY },
      { severity: "error", address: "google_compute_firewall.postgres" },
    ]);
    expect(said[1]?.message).toContain("it does not allow tcp:6378");
    expect(said[0]?.message).toBe(
      'it denies TCP 6378 to Redis "cache" (10.60.0.0/16) at priority 65000, which google_cloud_run_v2_service.api needs on network "main", and no allow rule comes before it; fails at run time: connections time out silently.',
    );
  });

  test("lets a lower number win, and deny at an equal number", () => {
    expect(redis({ priority: 64999 })).toEqual([]);
    const said = redis({ priority: 65000 });
    expect(said.map(({ address }) => address)).toEqual([DENY, REDIS]);
    expect(said[1]?.message).toContain(
      "its priority 65000 comes after the 65000 of google_compute_firewall.deny",
    );
  });

  test("points at the allow rule with the wrong port, range, protocol, tag, network or state", () => {
    const wrong: readonly [Body, string][] = [
      [{ allow: [{ protocol: "tcp", ports: ["6379"] }] }, "it does not allow tcp:6378"],
      [{ allow: [{ protocol: "udp", ports: ["6378"] }] }, "it does not allow tcp:6378"],
      [{ destination_ranges: ["10.61.0.0/16"] }, "its destinations do not hold 10.60.0.0/16"],
      [{ target_tags: ["web"] }, "its target tags web are not those of the workload"],
      [{ disabled: true }, "it is disabled"],
    ];
    for (const [values, because] of wrong) {
      const [, said] = redis(values);
      expect(said).toMatchObject({ address: REDIS });
      expect(said?.message).toContain(because);
    }
  });

  test("points at a rule that others need too, where it holds the sibling of the port", () => {
    const said = saidOf(firewallEgress, (parts) => {
      parts.remove(REDIS);
      parts.set("google_compute_firewall.web", { allow: [{ protocol: "tcp", ports: ["443", "6379"] }] });
    });
    expect(said.find(({ address }) => address === "google_compute_firewall.web")?.message).toContain(
      "it does not allow tcp:6378",
    );
  });

  test("knows port ranges, part of the range, and the tags of a connector's instances", () => {
    expect(redis({ allow: [{ protocol: "tcp", ports: ["6000-6999"] }] })).toEqual([]);
    expect(redis({ allow: [{ protocol: "all" }] })).toEqual([]);
    expect(redis({ destination_ranges: ["10.60.4.0/24"] })).toEqual([]);
    expect(redis({ target_tags: ["vpc-connector-europe-west1-main"] })).toEqual([]);
  });

  test("knows the tags of Direct VPC egress", () => {
    const tagged = (tags: string[]) =>
      verdictsOf(firewallEgress, (parts) => {
        parts.direct({ network: "main", subnetwork: "direct", tags });
        parts.set(DENY, { target_tags: ["cloud-run"] });
        parts.remove(REDIS);
      });
    expect(tagged(["other"])).toEqual([]);
    expect(tagged(["cloud-run"])).toContain(`error ${DENY}`);
    const untagged = saidOf(firewallEgress, (parts) => {
      parts.direct({ network: "main", subnetwork: "direct" });
      parts.set(REDIS, { target_tags: ["cloud-run"] });
    });
    const [own] = untagged.filter(({ address }) => address === "google_cloud_run_v2_service.api");
    expect(own?.message).toContain("its interface has no tags, but google_compute_firewall.redis");
  });

  test("also counts the outside host, and a server whose address is written by hand", () => {
    expect(verdictsOf(firewallEgress, (parts) => parts.remove("google_compute_firewall.web"))).toEqual([
      `error ${DENY}`,
    ]);
    const [said] = saidOf(firewallEgress, (parts) => {
      parts.env("CLICKHOUSE_HOST", "10.70.0.5");
      parts.env("CLICKHOUSE_PORT", "8443");
    });
    expect(said?.message).toContain("it denies TCP 8443 to 10.70.0.5 (CLICKHOUSE_HOST)");
  });

  test("is silent where a rule is not known", () => {
    expect(redis({ destination_ranges: ["${var.password}"] })).toEqual([]);
    expect(redis({ allow: "${var.password}" })).toEqual([]);
  });
});

describe("reachability/firewall-ingress", () => {
  const ingress = (values: Body) =>
    verdictsOf(firewallIngress, (parts) => {
      parts.direct();
      parts.set("google_compute_firewall.in", {
        name: "in",
        network: "main",
        allow: [{ protocol: "tcp" }],
        ...values,
      });
    });

  test("warns of admitting Direct VPC egress by service account", () => {
    const account = "api@acme-dev.iam.gserviceaccount.com";
    const admits = (source: string, prepare: (parts: Parameters<Parameters<typeof saidOf>[1]>[0]) => void) =>
      saidOf(firewallIngress, (parts) => {
        parts.template().service_account = account;
        parts.set("google_compute_firewall.in", {
          name: "in",
          network: "main",
          allow: [{ protocol: "tcp" }],
          source_service_accounts: [source],
        });
        prepare(parts);
      }).map(({ severity, message }) => `${severity}: ${message}`);
    const message =
      "warning: source_service_accounts admits the service account of google_cloud_run_v2_service.api, which has Direct VPC egress; fails at run time by the documentation, which excludes tags and service accounts of Cloud Run from ingress rules: the connections are not let in.";
    expect(admits(account, (parts) => parts.direct())).toEqual([message]);
    expect(admits("other@acme-dev.iam.gserviceaccount.com", (parts) => parts.direct())).toEqual([]);
    expect(admits(account, () => {})).toEqual([]);
    const vm = (email: string) => (parts: Parameters<Parameters<typeof saidOf>[1]>[0]) => {
      parts.direct();
      parts.set("google_compute_instance.vm", { name: "vm", service_account: [{ email }] });
    };
    expect(admits(account, vm(account))).toEqual([]);
    expect(admits(account, vm("vm@acme-dev.iam.gserviceaccount.com"))).toEqual([message]);
  });

  test("warns of admitting Direct VPC egress by source tag", () => {
    expect(ingress({ source_tags: ["api"] })).toEqual(["warning google_compute_firewall.in"]);
    expect(ingress({ source_ranges: ["10.40.8.0/26"] })).toEqual([]);
    expect(ingress({ source_tags: ["api"], source_ranges: ["10.40.8.0/26"] })).toEqual([]);
  });

  test("admits nobody to a VM that no rule opens", () => {
    const machine = (rule?: Body) =>
      saidOf(firewallIngress, (parts) => {
        parts.set("google_compute_instance.clickhouse", {
          name: "clickhouse",
          tags: ["clickhouse"],
          network_interface: [{ network: "main" }],
        });
        parts.env(
          "CLICKHOUSE_URL",
          "http://${google_compute_instance.clickhouse.network_interface.0.network_ip}:8123",
        );
        if (rule !== undefined)
          parts.set("google_compute_firewall.in", {
            network: "main",
            allow: [{ protocol: "tcp", ports: ["8123"] }],
            ...rule,
          });
      });
    expect(machine()[0]?.message).toContain("is allowed by no ingress rule");
    expect(machine({ source_ranges: ["10.40.0.0/28"], target_tags: ["clickhouse"] })).toEqual([]);
    expect(machine({ source_tags: ["vpc-connector"] })).toEqual([]);
    expect(machine({ source_ranges: ["10.41.0.0/28"] })).not.toEqual([]);
  });
});

describe("reachability/firewall-ingress to a VM that names only its subnet", () => {
  const VM = "google_compute_instance.clickhouse";
  const RULE = "google_compute_firewall.in";
  const admitted = (rule: Body) =>
    verdictsOf(firewallIngress, (parts) => {
      parts.set(VM, {
        name: "clickhouse",
        tags: ["clickhouse"],
        network_interface: [{ subnetwork: "direct", network_ip: "10.40.8.9" }],
      });
      parts.env("CLICKHOUSE_URL", "https://10.40.8.9:8443");
      parts.set(RULE, {
        network: "main",
        source_ranges: ["10.40.0.0/28"],
        target_tags: ["clickhouse"],
        allow: [{ protocol: "tcp", ports: ["8443"] }],
        ...rule,
      });
    });
  const SERVICE = "google_cloud_run_v2_service.api";

  test("points at the rule with the wrong source or port, and at the VM without its tag", () => {
    expect(admitted({})).toEqual([]);
    for (const rule of [
      { source_ranges: ["10.41.0.0/28"] },
      { allow: [{ protocol: "tcp", ports: ["8123"] }] },
    ]) {
      expect(admitted(rule)).toEqual([`error ${SERVICE}`, `error ${RULE}`]);
    }
    expect(admitted({ target_tags: ["click"] })).toEqual([
      `error ${SERVICE}`,
      `error ${RULE}`,
      `error ${VM}`,
    ]);
  });
});

describe("reachability/firewall-shape", () => {
  const shape = (values: Body) =>
    saidOf(ruleById("reachability/firewall-shape"), (parts) =>
      parts.set("google_compute_firewall.web", values),
    );

  test("refuses parts that contradict each other", () => {
    expect(shape({ deny: [{ protocol: "udp" }] })[0]?.message).toContain(
      "allow and deny are set; rejected by the API",
    );
    expect(shape({ source_ranges: ["10.0.0.0/8"] })[0]?.message).toContain(
      "source_ranges is set with direction",
    );
    expect(shape({ target_tags: ["a"], target_service_accounts: ["b@c"] })[0]?.message).toContain(
      "target_service_accounts is set with target_tags",
    );
    expect(shape({ direction: undefined, destination_ranges: ["10.0.0.0/8"] })[0]?.message).toContain(
      "destination_ranges is set without direction",
    );
  });

  test("holds at both ends of the priorities", () => {
    expect(shape({ priority: 0 })).toEqual([]);
    expect(shape({ priority: 65535 })).toEqual([]);
    expect(shape({ priority: 65536 })[0]?.message).toContain(
      "priority is 65536; rejected by the API: it must be 0 to 65535.",
    );
  });

  test("does not count what is not known", () => {
    expect(shape({ deny: "${var.password}" })).toEqual([]);
  });
});
