import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../graph/index.ts";
import { ruleById } from "../../rules/index.ts";
import { runRules } from "../../rules/run.ts";

/** A connector without a maximum: until 6.0.0 the provider sent max_throughput = 300 for it. */
function findings(version: string | undefined) {
  const google = { source: "hashicorp/google", ...(version === undefined ? {} : { version }) };
  const json = {
    terraform: { required_providers: { google } },
    resource: {
      google_vpc_access_connector: {
        main: { name: "c1", region: "europe-west1", network: "default", ip_cidr_range: "10.8.0.0/28" },
      },
    },
  };
  const graph = graphFromTerraformJson([{ origin: "test", json }]);
  return runRules(graph, [ruleById("capacity/connector-instances")]).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

const MESSAGE =
  "neither max_instances nor max_throughput is set; rejected by the API: at least one of them must be set";

/** The kind: a fact of one provider version that is told as a fact of Google Cloud. */
describe("a finding holds in the provider versions that the input allows", () => {
  test.each([
    ["6.50.0", [`error: ${MESSAGE}.`]],
    ["~> 8.0", [`error: ${MESSAGE}.`]],
    [">= 6.0", [`error: ${MESSAGE}.`]],
    [">= 5.0", [`warning: ${MESSAGE} (provider from 6.0.0 on).`]],
    [">= 4.0, < 7", [`warning: ${MESSAGE} (provider from 6.0.0 on).`]],
    ["~> 5.0", []],
    ["< 6.0.0", []],
    [undefined, [`error: ${MESSAGE}.`]],
  ])("%s", (version, expected) => {
    expect(findings(version)).toEqual(expected);
  });
});
