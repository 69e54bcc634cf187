import { VpcAccessConnector } from "@cdktf/provider-google/lib/vpc-access-connector/index.js";
import { describe, expect, test } from "@jest/globals";
import { App, Aspects, TerraformElement, Testing } from "cdktf";
import { Construct } from "constructs";
import "../../testing/jest-globals.ts";
import { waive } from "../../assertions/index.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { errorOf, stackOf } from "../support/other-team.ts";

const rule = "capacity/connector-instances";

function stackWithConnector(maxInstances: number, app: App = Testing.app(), id = "network") {
  const stack = stackOf(app, id);
  const scope = new Construct(stack, "egress");
  new VpcAccessConnector(scope, "connector", {
    name: "main",
    network: "default",
    ipCidrRange: "10.8.0.0/28",
    minInstances: 2,
    maxInstances,
  });
  return stack;
}

describe("toHoldRules", () => {
  test("passes for a stack and for an app, without writing anything", () => {
    const stack = stackWithConnector(10);
    expect(stack).toHoldRules();
    expect(App.of(stack)).toHoldRules({ failOn: "warning" });
  });

  test("fails with the report of verify", () => {
    const message = errorOf(() => expect(stackWithConnector(15)).toHoldRules());
    expect(message).toContain(
      [
        "Errors (1)",
        "",
        "  google_vpc_access_connector.egress_connector_9830F0B9  network/egress/connector",
        "    x max_instances is 15; rejected by the API: it must be 3 to 10 instances.",
        "      Fix: Set max_instances to 10 instances or less, for example 10.",
      ].join("\n"),
    );
    expect(message).toMatch(/\n1 error\.\n\d+ checks were made\.\nRead 1 resource of the stack network\./);
  });

  test("reports a finding at a construct that checks itself once", () => {
    const stack = stackWithConnector(10);
    new VpcNetwork(stack, "own", { name: "Net" });
    const message = errorOf(() => expect(stack).toHoldRules());
    expect(message.match(/the name "Net"/g)).toHaveLength(1);
  });

  test("says with not that the rules hold", () => {
    expect(stackWithConnector(15)).not.toHoldRules();
    expect(errorOf(() => expect(stackWithConnector(10)).not.toHoldRules())).toContain(
      "Expected the rules not to hold, and they do:",
    );
  });

  test("judges what Aspects and overrides have left", () => {
    const stack = stackWithConnector(10);
    Aspects.of(stack).add({
      visit(node) {
        if (node instanceof VpcAccessConnector) node.addOverride("max_instances", 15);
      },
    });
    expect(stack).toHaveFinding(rule);
  });

  test("reports what validations say and what cannot be synthesized", () => {
    const stack = stackWithConnector(10);
    stack.node.addValidation({ validate: () => ["the team's own rule"] });
    class Unfinished extends TerraformElement {
      override toTerraform(): never {
        throw new Error("not finished");
      }
    }
    expect(errorOf(() => expect(stack).toHoldRules())).toContain("network: the team's own rule");
    new Unfinished(stack, "element");
    expect(errorOf(() => expect(stack).toHoldRules())).toContain("not finished");
  });

  test("respects waivers next to the construct, also those of a scope above the stack", () => {
    const app = Testing.app();
    const stack = stackWithConnector(15, app);
    waive(app, { rule, reason: "ticket 1278", expires: "2026-12-31" });
    expect(stack).toHoldRules({ today: "2026-12-31" });
    expect(stack).not.toHoldRules({ today: "2027-01-01" });
  });
});

describe("toHaveFinding", () => {
  test("takes a Terraform address, or the path of a construct around the resource", () => {
    const stack = stackWithConnector(15);
    expect(stack).toHaveFinding(rule);
    expect(stack).toHaveFinding(rule, "google_vpc_access_connector.egress_connector_9830F0B9");
    expect(stack).toHaveFinding(rule, "network/egress");
    expect(stack).not.toHaveFinding(rule, "network/eg");
    expect(stack).not.toHaveFinding("capacity/connector-shape");
  });

  test("fails with what the rules found instead", () => {
    const message = errorOf(() => expect(stackWithConnector(15)).toHaveFinding(rule, "network/other"));
    expect(message).toContain(
      `Expected a finding of ${rule} at network/other, and the report is:\n\nErrors (1)`,
    );
    expect(errorOf(() => expect(stackWithConnector(15)).not.toHaveFinding(rule))).toContain(
      `Expected no finding of ${rule}, and the report is:\n\nErrors (1)`,
    );
  });

  test("knows no rule that there is not", () => {
    expect(
      errorOf(() => expect(stackWithConnector(15)).not.toHaveFinding("capacity/conector-instances")),
    ).toBe('There is no rule "capacity/conector-instances": did you mean "capacity/connector-instances"?');
  });
});

test.each([
  ["{}", "string"],
  [{ resource: {} }, "object"],
  [undefined, "undefined"],
])("what is neither app nor stack is refused: %j", (received, type) => {
  expect(errorOf(() => expect(received).toHoldRules())).toBe(
    `Rules hold for an App or a TerraformStack, and not for ${type}.`,
  );
});

test("an app without a stack is refused", () => {
  expect(errorOf(() => expect(Testing.app()).toHoldRules())).toBe(
    "The app has no stack: give an App, or a TerraformStack of an App, for example of Testing.app().",
  );
});
