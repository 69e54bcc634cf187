import { describe, expect, test } from "@jest/globals";
import { domainOf, domainsOf } from "../../platform/edge/domains.ts";
import { externalResources } from "../../platform/external-resources.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbook } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { resource, resources, synthesized } from "../support/synthesized.ts";

const several = changedShape("domains");
const subject = several.environment();

describe("the domain of a host", () => {
  test.each([
    ["acme.example", "acme.example"],
    ["www.acme.example", "acme.example"],
    ["a.www.acme.example", undefined],
    ["shop.acme.test", "acme.test"],
    ["other.example", undefined],
  ])("%s is of %s", (host, domain) => {
    expect(domainOf(subject.edge, host)?.name).toBe(domain);
  });

  test("is the host itself where that is a domain, too", () => {
    const edge = { certificateDomain: "acme.example", furtherDomains: [{ name: "app.acme.example" }] };
    const { edge: both } = several.environment((draft: Draft) => {
      draft.edge = edge;
      draft.services = draft.services.slice(0, 1);
      draft.services[0].exposure = [{ host: "app.acme.example" }, { host: "x.app.acme.example" }];
    });
    expect(["app.acme.example", "x.app.acme.example"].map((host) => domainOf(both, host)?.name)).toEqual([
      "app.acme.example",
      "app.acme.example",
    ]);
  });

  test("and without a load balancer there is none", () => {
    expect(domainsOf(undefined)).toEqual([]);
  });
});

describe("each domain", () => {
  const json = synthesized(subject)["domains-edge"];

  test("has a certificate, an authorization, and its names in the one map of the proxy", () => {
    expect(
      resources(json, "google_certificate_manager_certificate")
        .map(({ managed }) => managed.domains)
        .sort(),
    ).toEqual([
      ["acme.example", "*.acme.example"],
      ["acme.test", "*.acme.test"],
    ]);
    expect(
      resources(json, "google_certificate_manager_dns_authorization")
        .map(({ domain }) => domain)
        .sort(),
    ).toEqual(["acme.example", "acme.test"]);
    expect(resources(json, "google_certificate_manager_certificate_map")).toHaveLength(1);
    const entries = resources(json, "google_certificate_manager_certificate_map_entry");
    expect(entries.map(({ matcher, hostname }) => matcher ?? hostname).sort()).toEqual([
      "*.acme.test",
      "PRIMARY",
      "acme.test",
    ]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(3);
  });

  test("has its records in its own zone, or printed for a person", () => {
    const records = resources(json, "google_dns_record_set");
    expect(
      records.map(({ name, managed_zone }) => [name.replace(/^\$.*/, "proof"), managed_zone]).sort(),
    ).toEqual(
      ["acme.test.", "api.acme.test.", "proof", "shop.acme.test."].map((name) => [name, "acme-test"]),
    );
    expect(Object.keys(json.output).filter((name) => /address|record/.test(name))).toEqual([
      "address",
      "certificate_record",
    ]);
    expect(json.output.address.description).toBe("A records of www.acme.example, acme.example");
  });

  test("is what a plan, a drift and synth know to be outside", () => {
    expect(externalResources(subject)).toEqual(["google_dns_managed_zone:acme-test"]);
  });

  test("is in the alert of its expiry and in the runbook", () => {
    const plan = several.plan();
    const alert = plan.alerts.find(({ id }) => id === "certificate-expires");
    expect(alert?.numbers.slice(1)).toEqual([
      "certificate of acme.example (edge.certificateDomain), shown for www.acme.example",
      "certificate of acme.test (edge.furtherDomains), shown for shop.acme.test, api.acme.test",
    ]);
    expect(alert?.commands[0]).toBe("gcloud certificate-manager certificates list --project=acme-web");
    const text = JSON.stringify(runbook(plan));
    expect(text).toContain("dig +short CNAME _acme-challenge.acme.test");
    expect(text).toContain("certificates describe domains-edge-certificate-acme-test");
  });

  test("has the hosts that are redirected, with their query", () => {
    const map = resources(json, "google_compute_url_map").find(({ host_rule }) => host_rule !== undefined);
    const matchers = map?.path_matcher.filter(
      (matcher: { default_url_redirect?: object }) => matcher.default_url_redirect !== undefined,
    );
    expect(matchers).toEqual(
      ["host-acme-example", "host-acme-test"].map((name) => ({
        name,
        default_url_redirect: {
          host_redirect: "www.acme.example",
          https_redirect: true,
          strip_query: false,
          redirect_response_code: "MOVED_PERMANENTLY_DEFAULT",
        },
      })),
    );
    expect(map?.host_rule).toContainEqual({ hosts: ["acme.test"], path_matcher: "host-acme-test" });
    expect(environmentPage(several.plan())).toContain(
      "| acme.test | everything | redirected to www.acme.example |",
    );
  });
});

test("one domain is as it was before there were several", () => {
  const json = synthesized(changedShape("public").environment())["public-edge"];
  expect(resource(json, "google_certificate_manager_certificate_map_entry")).toMatchObject({
    name: "public-edge-certificate",
    matcher: "PRIMARY",
  });
});

describe("refused is", () => {
  test("a host of no domain, with the domains", () => {
    expect(
      several.issues((draft: Draft) => {
        draft.services[1].exposure = [{ host: "api.other.example" }];
      }),
    ).toEqual([
      'services.api.exposure[0].host is "api.other.example": the certificates cover acme.example and *.acme.example and acme.test and *.acme.test (one level) only. Fix: choose a host directly under one of them, or add its domain to edge.furtherDomains.',
    ]);
  });

  test("a domain twice", () => {
    expect(
      several.issues((draft: Draft) => {
        draft.edge.furtherDomains.push({ name: "acme.example" });
      }),
    ).toEqual([
      'edge.furtherDomains.acme.example.name is "acme.example": edge.certificateDomain has this domain already, and one certificate covers it. Fix: state each domain once.',
    ]);
  });

  test("a redirect of a host that is served, of one of no domain, or twice, and one to nowhere", () => {
    expect(
      several.issues((draft: Draft) => {
        draft.edge.redirects = [
          { host: "www.acme.example", to: "shop.acme.test" },
          { host: "acme.other", to: "shop.acme.test" },
          { host: "acme.example", to: "shop.acme.test" },
          { host: "acme.example", to: "nowhere.acme.test" },
        ];
      }),
    ).toEqual([
      'edge.redirects[0].host is "www.acme.example": a service or a bucket has an exposure under this host, which would never be reached. Fix: remove the redirect, or the exposure.',
      expect.stringMatching(/^edge\.redirects\[1\]\.host is "acme\.other": the certificates cover /),
      'edge.redirects[3].host is "acme.example": redirects[2] redirects this host already, to shop.acme.test. Fix: remove one of them.',
      'edge.redirects[3].to is "nowhere.acme.test": nothing has an exposure under this host (there are api.acme.test, shop.acme.test, www.acme.example). Fix: write one of these hosts.',
    ]);
  });

  test("a domain whose certificate would have too long a name", () => {
    const long = `${"a".repeat(50)}.example`;
    const [issue] = several.issues((draft: Draft) => {
      draft.edge.furtherDomains.push({ name: long });
    });
    expect(issue).toMatch(
      /^edge\.furtherDomains\..*: the certificate's name .* has \d+ characters, and Google allows 63/,
    );
  });
});
