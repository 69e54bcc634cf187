import type { Rule } from "../rule.ts";

const LINK =
  /^(https:\/\/www\.googleapis\.com\/compute\/[a-z0-9]+\/|https:\/\/compute\.googleapis\.com\/compute\/[a-z0-9]+\/)?projects\/[^/]+\/global\/networks\/[^/]+$/;

/** Cloud SQL takes the network as an id, not as a bare name. */
export const privateNetworkForm: Rule = {
  id: "reachability/private-network-form",
  why: "The provider refuses a private_network that is not the id or self link of a network.",
  limit: "projects/PROJECT/global/networks/NAME, with or without the API's address in front",
  fix: "Write the id attribute of the google_compute_network.",
  source:
    "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance",
  *check(graph) {
    for (const instance of graph.all("google_sql_database_instance")) {
      const network = instance.string("settings.ip_configuration.private_network");
      if (network === undefined || network === "" || LINK.test(network)) continue;
      yield {
        resource: instance,
        message: `private_network is "${network}", but must be the id of a network; rejected at plan: it does not match projects/PROJECT/global/networks/NAME.`,
      };
    }
  },
};
