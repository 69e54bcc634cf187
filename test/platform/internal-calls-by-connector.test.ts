import { describe, expect, test } from "@jest/globals";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { cidr } from "../../platform/units.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Draft, TODAY } from "../support/environments.ts";
import { resource, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const hostnet = changedShape("hostnet");
/** api and loader call an internal service through connectors, in both regions. */
const calling = (draft: Draft): void => {
  const [web, api, loader] = draft.services ?? [];
  draft.services = [
    { ...web, path: "connector" },
    { ...api, dependsOn: ["ledger"] },
    { ...loader, dependsOn: ["ledger"] },
    { ...loader, name: "ledger", path: "direct", connector: undefined },
  ];
};
const requirementsOf = (change?: (draft: Draft) => void): string[] =>
  networkRequirements(hostnet.plan(change)).map(({ requirement }) => requirement);

describe("an internal service that is called through a connector", () => {
  test("is called where the connector is on a subnet: what calls gets the URL and the right, and the owner is told", () => {
    const stacks = synthesized(hostnet.environment(calling));
    for (const name of ["api", "api-us-central1", "loader"]) {
      const [container] = resource(stacks[`hostnet-service-${name}`], "google_cloud_run_v2_service").template
        .containers;
      expect([name, container.env]).toEqual([
        name,
        expect.arrayContaining([
          { name: "LEDGER_URL", value: "https://hostnet-ledger-123456789012.europe-west1.run.app" },
        ]),
      ]);
    }
    const ledger = stacks["hostnet-service-ledger"];
    expect(resource(ledger, "google_cloud_run_v2_service").ingress).toBe("INGRESS_TRAFFIC_INTERNAL_ONLY");
    expect(
      resources(ledger, "google_cloud_run_v2_service_iam_member")
        .map(({ role, member }) => [role, member.replace(/@.*/, "")])
        .sort(),
    ).toEqual([
      ["roles/run.invoker", "serviceAccount:hostnet-api-run"],
      ["roles/run.invoker", "serviceAccount:hostnet-loader-run"],
    ]);
    expect(requirementsOf(calling)).toEqual(
      expect.arrayContaining([
        "Subnet connector-europe-west1 has 10.8.16.0/28, with Private Google Access, and nothing else uses it",
        "Subnet connector-night has 10.8.16.16/28, with Private Google Access, and nothing else uses it",
        "Connector corp-connector is on a subnet with Private Google Access in us-central1",
        "A private zone leads run.app through Private Google Access",
        // Only through connectors.
        "Subnet run-europe-west1 has 10.8.0.0/24",
      ]),
    );
  });

  test("passes the rule book", () => {
    const subject = hostnet.environment(calling);
    expect(evaluate(subject, synthesisOf(subject), TODAY).errors).toEqual([]);
  });

  test("asks nothing of subnets that nobody calls it through", () => {
    expect(requirementsOf().filter((each) => each.includes("Private Google Access"))).toEqual([
      "Subnet run-europe-west1 has 10.8.0.0/24, with Private Google Access",
      "Subnet run-us-central1 has 10.8.1.0/24 in us-central1, with Private Google Access",
      "A private zone leads run.app through Private Google Access",
    ]);
  });

  test("is refused where the connector has a range of its own", () => {
    const refused = changedShape("connector").issues((draft) => {
      draft.projectNumber = "123456789012";
      const [api] = draft.services ?? [];
      draft.services = [
        { ...api, dependsOn: ["ledger"] },
        { ...api, name: "ledger", database: undefined },
      ];
    });
    expect(refused).toEqual([
      expect.stringContaining(
        'services.api.path is "connector": it calls the internal service ledger, which is reached through Private Google Access of a subnet, and a connector\'s own range has none. Fix: write path: "direct".',
      ),
    ]);
  });
  test("is refused once, where it is so in several regions", () => {
    const refused = changedShape("nights").issues((draft) => {
      draft.projectNumber = "123456789012";
      draft.network.addresses.directEgress = cidr("10.8.0.0/24");
      const [api, loader] = draft.services ?? [];
      draft.services = [
        { ...api, dependsOn: ["ledger"] },
        { ...loader, dependsOn: ["ledger"] },
        { ...api, name: "ledger", path: "direct", regions: undefined },
      ];
    });
    expect(refused.map((issue) => issue.replace(/: it calls.*/, ""))).toEqual([
      'services.api.path is "connector"',
      'services.loader.path is "connector"',
    ]);
  });
});
