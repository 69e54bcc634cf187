import { custom } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Private connection of Datastream. */
export const datastreamConnection: ResourceType = {
  type: "google_datastream_private_connection",
  label: "private connection",
  nameAttribute: "private_connection_id",
  fieldRules: [
    {
      id: "address/datastream-range",
      why: "Datastream takes a range of a fixed size in the network that it connects to.",
      source: "https://docs.cloud.google.com/datastream/docs/create-a-private-connectivity-configuration",
      constraints: [
        custom("vpc_peering_config.subnet: a range of /29", function* (connection) {
          const subnet = connection.string("vpc_peering_config.subnet") ?? "";
          const [, prefix] = /^[\d.]+\/(\d+)$/.exec(subnet) ?? [];
          if (prefix !== undefined && Number(prefix) !== 29)
            yield {
              found: `vpc_peering_config.subnet is ${subnet}`,
              because: "it takes a /29",
              fix: "Write a free range of /29.",
            };
        }),
      ],
    },
  ],
};
